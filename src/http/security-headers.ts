import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Everything comes from this site; the pictures in Pico's style sheet are data. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * Middleware that sets the headers of helmet. They are the same for every response, and found out once: helmet's thirteen middlewares took
 * 8 % of the time of a page.
 */
export function securityHeaders(): RequestHandler {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => undefined,
  };
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    // A page of this site may tell this site where a broken link is.
    referrerPolicy: { policy: 'same-origin' },
  })({} as Request, recorder as unknown as Response, () => undefined);
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

import type { CookieOptions, NextFunction, Request, Response } from 'express';

/** A cookie to set, or with an undefined value one to delete. Values are signed. */
export interface ResponseCookie {
  readonly name: string;
  readonly value: string | undefined;
  readonly options?: CookieOptions;
}

/**
 * The name of a cookie of this site. Cookies know no ports, so that the name keeps those of other applications on the same host apart.
 * Over https the `__Host-` prefix makes the browser refuse one that a sibling domain or an insecure page has planted.
 */
export function cookieName(name: string, isSecure: boolean): string {
  return `${isSecure ? '__Host-' : ''}microblog_${name}`;
}

/** Middleware that comes after cookie-parser, which turns a cookie that begins with `j:` into an object: no cookie of this site is one. */
export function dropCookiesThatAreNoText(request: Request, _response: Response, next: NextFunction): void {
  request.cookies = textsOf(request.cookies as object);
  request.signedCookies = textsOf(request.signedCookies as object);
  next();
}

/** Middleware. Express would work out whether to trust the proxy at every access, a dozen times a page. */
export function keepWhetherSecure(request: Request, _response: Response, next: NextFunction): void {
  Object.defineProperty(request, 'secure', { value: request.secure });
  next();
}

function textsOf(cookies: object): Record<string, string> {
  return Object.fromEntries(Object.entries(cookies).filter(([, value]) => typeof value === 'string'));
}

/**
 * Sets a cookie as all of this site's are: signed, out of reach for scripts, and over https only where the site is. The
 * signature covers the name too, so that no cookie can be passed off as another.
 */
export function writeCookie(response: Response, cookie: ResponseCookie): void {
  const { value, options } = cookie;
  const { secure } = response.req;
  const name = cookieName(cookie.name, secure);
  const always = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  if (value === undefined) response.clearCookie(name, always);
  else response.cookie(name, `${name}:${value}`, { ...options, ...always, signed: true });
}

/** The value of a cookie set by {@link writeCookie}, or undefined where it is missing or was tampered with. */
export function readCookie(request: Request, name: string): string | undefined {
  const fullName = cookieName(name, request.secure);
  const signed = (request.signedCookies as Record<string, unknown> | undefined)?.[fullName];
  const prefix = `${fullName}:`;
  return typeof signed === 'string' && signed.startsWith(prefix) ? signed.slice(prefix.length) : undefined;
}

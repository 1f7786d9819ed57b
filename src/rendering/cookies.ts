import type { Request, Response } from 'express';
import { ReplyCookie } from './reply';

/**
 * Sets a cookie as all of this site's are: signed, out of reach for scripts, and over https only where the site is. The
 * signature covers the name too, so that no cookie can be passed off as another.
 */
export function writeCookie(response: Response, { name, value, options }: ReplyCookie): void {
  const always = { httpOnly: true, sameSite: 'lax', secure: response.req.secure, path: '/' } as const;
  if (value === undefined) response.clearCookie(name, always);
  else response.cookie(name, `${name}:${value}`, { ...options, ...always, signed: true });
}

/** The value of a cookie that {@link writeCookie} has set, or undefined where there is none, or one that was tampered with. */
export function readCookie(request: Request, name: string): string | undefined {
  const signed = (request.signedCookies as Record<string, unknown> | undefined)?.[name];
  const prefix = `${name}:`;
  return typeof signed === 'string' && signed.startsWith(prefix) ? signed.slice(prefix.length) : undefined;
}

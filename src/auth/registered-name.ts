import type { Request } from 'express';
import { ResponseCookie, readCookie } from '../http/cookies';

const COOKIE = 'registered';

/** Lets the sign-in page fill in the name after registering. */
export function rememberName(username: string): ResponseCookie {
  return { name: COOKIE, value: username };
}

export function registeredName(request: Request): string | undefined {
  return readCookie(request, COOKIE);
}

export const forgetName: ResponseCookie = { name: COOKIE, value: undefined };

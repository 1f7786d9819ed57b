import type { Request } from 'express';
import { readCookie } from '../rendering/cookies';
import { ReplyCookie } from '../rendering/reply';

const COOKIE = 'registered';

/** Lets the sign-in page fill in the name after registering. */
export function rememberName(username: string): ReplyCookie {
  return { name: COOKIE, value: username };
}

export function registeredName(request: Request): string | undefined {
  return readCookie(request, COOKIE);
}

export const forgetName: ReplyCookie = { name: COOKIE, value: undefined };

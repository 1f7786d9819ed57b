import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { createHmac, randomBytes } from 'node:crypto';
import { Environment } from '../../config/environment';
import { ResponseCookie, readCookie } from '../../http/cookies';
import { usernameKey } from '../../users/uniqueness';

export const KNOWN_BROWSER_COOKIE = 'known_browser';

const YEAR_MS = 365 * 24 * 60 * 60_000;
const MAX_NAMES = 5;

/**
 * Remembers, in a signed cookie of the browser, who has signed in with it before. Whoever floods a name with wrong passwords uses up the
 * limit of strangers, and not that of its owner: the "device cookie" of OWASP's
 * https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies.
 */
@Injectable()
export class KnownBrowsers {
  readonly #key: string;

  constructor(environment: Environment) {
    this.#key = environment.keyFor('known-browsers');
  }

  /** The id of the browser, if somebody has signed in with that name there before. */
  idFor(request: Request, username: string): string | undefined {
    const { id, marks } = read(request);
    return id !== undefined && marks.includes(this.markOf(id, username)) ? id : undefined;
  }

  /** The cookie to set once somebody has signed in. */
  remember(request: Request, username: string): ResponseCookie {
    const { id = randomBytes(12).toString('base64url'), marks } = read(request);
    const mark = this.markOf(id, username);
    const kept = [mark, ...marks.filter((other) => other !== mark)].slice(0, MAX_NAMES);
    return {
      name: KNOWN_BROWSER_COOKIE,
      value: [id, ...kept].join('.'),
      options: { maxAge: YEAR_MS },
    };
  }

  /** Hashed: the cookie does not reveal the name. */
  private markOf(id: string, username: string): string {
    return createHmac('sha256', this.#key)
      .update(`${id} ${usernameKey(username)}`)
      .digest('base64url');
  }
}

function read(request: Request): { readonly id?: string; readonly marks: readonly string[] } {
  const [id, ...marks] = readCookie(request, KNOWN_BROWSER_COOKIE)?.split('.') ?? [];
  return { id, marks };
}

import { createHmac, scryptSync } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Request, Response } from 'express';
import { isSameSecret } from './constant-time';
import { digitsOf } from './pin';

/** Cookies know no ports: another application on this machine keeps cookies of its own here. */
const NAME = 'microblog_debugger_pin';
const VALID_FOR = 7 * 24 * 60 * 60 * 1_000;

/**
 * Remembers for seven days that a browser knows the PIN: over restarts, but not once the PIN is another one. The cookie holds the time
 * at which it was set, signed. A guess at the PIN cannot be tried out on a signature, or sent as a cookie that was made from
 * it, past the limit of attempts: the signing key takes the application's secret key too, and scrypt makes each guess dear.
 */
export class PinCookie {
  /** None of these is to be seen by looking at this object, which the debugger may show to somebody without the PIN. */
  readonly #pin: string;
  readonly #secretKey: string;
  #signingKey?: Buffer;

  constructor(pin: string, secretKey: string) {
    this.#pin = pin;
    this.#secretKey = secretKey;
  }

  set(request: Request, response: Response): void {
    const setAt = String(Date.now());
    response.cookie(NAME, `${setAt}.${this.signatureOf(setAt)}`, {
      httpOnly: true,
      sameSite: 'strict',
      secure: isHttps(request),
      path: '/',
      maxAge: VALID_FOR,
    });
  }

  isIn(request: Request): boolean {
    return valuesIn(request.headers.cookie ?? '').some((value) => this.isValid(value));
  }

  private isValid(value: string): boolean {
    const [, setAt, signature] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
    if (!setAt || !signature || !isSameSecret(signature, this.signatureOf(setAt))) return false;
    const age = Date.now() - Number(setAt);
    return age >= 0 && age < VALID_FOR;
  }

  private signatureOf(setAt: string): string {
    this.#signingKey ??= scryptSync(digitsOf(this.#pin), `${NAME}:${this.#secretKey}`, 32);
    return createHmac('sha256', this.#signingKey).update(setAt).digest('base64url');
  }
}

/** Read here, as the debugger must also work where the middleware that reads cookies is what is broken. */
function valuesIn(header: string): string[] {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${NAME}=`)).map((pair) => pair.slice(NAME.length + 1));
}

/** Does not ask `request.secure`, which believes proxies. A browser says by itself where its page is from. */
function isHttps({ socket, headers }: Request): boolean {
  return (socket as Partial<TLSSocket>).encrypted === true || headers.origin?.startsWith('https:') === true;
}

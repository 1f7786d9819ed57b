import { createHmac, scryptSync } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Request, Response } from 'express';
import { isSameSecret } from './constant-time';
import { digitsOf } from './pin';

const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * Remembers for seven days that a browser knows the PIN: over restarts, but not once the PIN is another one. The cookie holds the time
 * at which it was set, signed. A guess at the PIN cannot be tried out on a signature, or sent as a cookie that was made from
 * it, past the limit of attempts: the signing key takes the application's secret key too, and scrypt makes each guess dear.
 */
export class PinCookie {
  /** Private to the language, since the debugger may show this object to somebody without the PIN. */
  readonly #pin: string;
  readonly #secretKey: string;
  #signingKey?: Buffer;

  /** Cookies ignore ports: another application on this machine keeps a cookie of its own. */
  private readonly name: string;

  constructor(pin: string, secretKey: string, application: string) {
    this.name = `${application.toLowerCase().replace(/[^a-z\d]+/g, '_')}_debugger_pin`;
    this.#pin = pin;
    this.#secretKey = secretKey;
  }

  set(request: Request, response: Response): void {
    const setAt = String(Date.now());
    response.cookie(this.name, `${setAt}.${this.signatureOf(setAt)}`, {
      httpOnly: true,
      sameSite: 'strict',
      secure: isHttps(request),
      path: '/',
      maxAge: MAX_AGE_MS,
    });
  }

  isIn(request: Request): boolean {
    return valuesOf(this.name, request.headers.cookie ?? '').some((value) => this.isValid(value));
  }

  private isValid(value: string): boolean {
    const [, setAt, signature] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
    if (!setAt || !signature || !isSameSecret(signature, this.signatureOf(setAt))) return false;
    const age = Date.now() - Number(setAt);
    return age >= 0 && age < MAX_AGE_MS;
  }

  private signatureOf(setAt: string): string {
    this.#signingKey ??= scryptSync(digitsOf(this.#pin), `${this.name}:${this.#secretKey}`, 32);
    return createHmac('sha256', this.#signingKey).update(setAt).digest('base64url');
  }
}

/** Parsed here, because the debugger must also work when the cookie middleware is what is broken. */
function valuesOf(name: string, header: string): string[] {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

/** Does not ask `request.secure`, which believes proxies. A browser says by itself where its page is from. */
function isHttps({ socket, headers }: Request): boolean {
  return (socket as Partial<TLSSocket>).encrypted === true || headers.origin?.startsWith('https:') === true;
}

import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { LiveFrames } from '../frames/live-frames';
import { DEBUGGER_OPTIONS, DebuggerOptions } from '../options';
import { isSafe } from '../safe-methods';
import { isSameSecret } from './constant-time';
import { isOwnClient } from './own-client';
import { pinOf } from './pin';
import { PinAttempts } from './pin-attempts';
import { PinCookie } from './pin-cookie';
import { AccessDenial, denialFor } from './access-denial';
import { DenialLog } from './denial-log';

interface Lock {
  readonly pin: string;
  readonly attempts: PinAttempts;
  readonly cookie: PinCookie;
}

const LOCKED = 'The PIN is locked after ten wrong attempts; restart the application.';
const REFUSED = 'The debugger is refused here. The terminal of the application says why.\n';

/**
 * Decides who may use the debugger, which runs any code. A route needs, in this order, {@link checkOrigin}, which keeps others away,
 * for all; {@link checkSecret}, which keeps other pages of the same browser away, for whatever does or tells something; and
 * {@link checkPin}, which keeps other users of the machine away, for whatever evaluates. Nothing here needs other middleware, save
 * {@link enterPin}, which reads the parsed body. A request of a safe method must do nothing.
 */
@Injectable()
export class DebuggerAccess {
  /** A secret of this process that its own pages know. Each command sends it as `X-Debugger-Secret`. */
  readonly secret = randomBytes(32).toString('base64url');

  private readonly denials = new DenialLog();
  /** Absent where the PIN is off. Private to the language, since the debugger may show this object before it asks for the PIN. */
  readonly #lock?: Lock;

  constructor(
    @Inject(DEBUGGER_OPTIONS) options: DebuggerOptions,
    private readonly liveFrames: LiveFrames,
  ) {
    const pin = pinOf(options);
    if (pin === undefined) return;
    const { application, secretKey } = options;
    this.#lock = {
      pin,
      attempts: new PinAttempts(pin),
      cookie: new PinCookie(pin, secretKey, application.name),
    };
  }

  /** Whether there is a PIN at all. */
  get needsPin(): boolean {
    return this.#lock !== undefined;
  }

  /** Like {@link allows}, but returns the reason and does not log it. */
  denialFor(request: Request): AccessDenial | undefined {
    return denialFor(request);
  }

  /** Whether this request may see the debugger at all; if not, the terminal says why. */
  allows(request: Request): boolean {
    const refusal = denialFor(request);
    if (refusal) this.denials.add(refusal);
    return !refusal;
  }

  /** Whether the client has entered the PIN, even if it is locked by now, or needs none. */
  isUnlocked(request: Request): boolean {
    return this.#lock === undefined || this.#lock.cookie.isIn(request);
  }

  /**
   * Whether this request may see what went wrong, with its source: who has entered the PIN, and before that a program that is certain to
   * ask for the developer. A proxy on this machine that says nothing of itself looks like a browser; see {@link isOwnClient}.
   */
  mayView(request: Request): boolean {
    // Reading /proc throws for other users' processes and for those that just ended, dozens of times.
    return this.isUnlocked(request) || this.liveFrames.unwatched(() => isOwnClient(request.socket));
  }

  /** Says in the terminal why an error is not shown to somebody who may be the developer. */
  explainLock({ socket }: Request): void {
    this.denials.add({
      status: 403,
      message:
        'Showed nothing of an error: it is not certain that a program of yours on this machine asked for it, rather than a proxy. ' +
        `Enter the PIN at http://localhost:${socket.localPort}/console; the browser remembers it for a week`,
    });
  }

  readonly checkOrigin: RequestHandler = (request, response, next) => {
    const refusal = denialFor(request);
    if (!refusal) {
      next();
      return;
    }
    this.denials.add(refusal);
    response.status(refusal.status).set('Cache-Control', 'no-store').type('text/plain').send(REFUSED);
  };

  /** JSON and a header of our own: no form can send either, and another site's script would need a permission that is never given. */
  readonly checkSecret: RequestHandler = (request, response, next) => {
    if (!isSafe(request) && !isJson(request)) {
      answer(response, 415, { message: 'Send application/json.' });
    } else if (!isSameSecret(request.get('X-Debugger-Secret') ?? '', this.secret)) {
      answer(response, 403, { message: 'This page is from before a restart of the application; reload it.' });
    } else next();
  };

  readonly checkView: RequestHandler = (request, response, next) => {
    if (this.mayView(request)) next();
    else this.checkPin(request, response, next);
  };

  readonly checkPin: RequestHandler = (request, response, next) => {
    if (this.isUnlocked(request)) next();
    else answer(response, 403, this.#lock?.attempts.isLocked ? { message: LOCKED } : { pin: true });
  };

  readonly enterPin: RequestHandler = async (request, response) => {
    const { pin } = (request.body ?? {}) as { readonly pin?: unknown };
    if (!this.#lock) answer(response, 200, { unlocked: true });
    else if (typeof pin !== 'string') answer(response, 400, { message: 'Send {"pin": "…"}.' });
    else await this.tryPin(this.#lock, pin, request, response);
  };

  /**
   * Prints where the debugger is, and its PIN, to standard error. It bypasses the `Logger`, since the PIN must get neither into the log file
   * nor to whatever collects standard output.
   */
  printBanner(address: string): void {
    console.error(
      `\n  Debug mode is on at ${address}: its error pages and ${address}/console run code.\n` +
        `  Never use it in production, nor where others reach this address.`,
    );
    this.printPin();
  }

  /** Prints the PIN again, when somebody opens a console without having entered it. */
  printPin(): void {
    console.error(`  ${this.#lock ? pinLine(this.#lock) : 'No PIN is needed: it is turned off.'}\n`);
  }

  private async tryPin(
    { attempts, cookie }: Lock,
    pin: string,
    request: Request,
    response: Response,
  ): Promise<void> {
    const { isRight, left } = await attempts.enter(pin);
    if (isRight) {
      cookie.set(request, response);
      answer(response, 200, { unlocked: true });
      return;
    }
    const message = left > 0 ? 'This PIN is wrong.' : LOCKED;
    answer(response, 403, { message, attemptsLeft: left });
  }
}

function pinLine({ pin, attempts }: Lock): string {
  return attempts.isLocked ? LOCKED : `Debugger PIN: ${pin}`;
}

function isJson(request: Request): boolean {
  return /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
}

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('Cache-Control', 'no-store').json(body);
}

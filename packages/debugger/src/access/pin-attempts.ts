import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Mutex } from 'async-mutex';
import { isSameSecret } from './constant-time';
import { digitsOf } from './pin';

const MOST_FAILURES = 10;
const QUICK_FAILURES = 5;
const DELAY = { quick: 500, slow: 5_000 };

export interface PinAttempt {
  readonly isRight: boolean;
  /** How many wrong attempts are left. */
  readonly left: number;
}

/**
 * Makes guessing slow, then impossible: a wrong PIN is answered late, and after ten of them none is right until the process is
 * started again. A right one does not forgive those before it, so that nobody can guess in the shadow of the developer.
 */
export class PinAttempts {
  /** Private to the language, since the debugger may show this object to somebody who does not know the PIN. */
  readonly #pin: string;
  private readonly logger = new Logger('Debugger');
  private failures = 0;
  private readonly turns = new Mutex();

  constructor(pin: string) {
    this.#pin = pin;
  }

  get isLocked(): boolean {
    return this.failures >= MOST_FAILURES;
  }

  /** One attempt at a time, delay included, so that sending guesses in parallel gains nothing. */
  enter(pin: string): Promise<PinAttempt> {
    return this.turns.runExclusive(() => this.check(pin));
  }

  private async check(pin: string): Promise<PinAttempt> {
    if (this.isLocked) return this.attempt(false);
    if (isSameSecret(digitsOf(pin), digitsOf(this.#pin))) return this.attempt(true);
    // Counted before the delay, so that hanging up early does not avoid it.
    this.failures++;
    const attempt = this.attempt(false);
    this.logger.warn(`Somebody entered a wrong PIN for the debugger; ${attempt.left} more and it is locked`);
    await pause(this.failures <= QUICK_FAILURES ? DELAY.quick : DELAY.slow);
    return attempt;
  }

  private attempt(isRight: boolean): PinAttempt {
    return { isRight, left: MOST_FAILURES - this.failures };
  }
}

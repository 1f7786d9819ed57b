import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import {
  IRateLimiterOptions,
  RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { Environment } from '../../config/environment';
import { isWorker } from '../../config/worker';
import { SecurityLog } from '../../logging/security-log';
import { emailKey, usernameKey } from '../../users/uniqueness';
import { Session } from '../../users/session.entity';
import { KnownBrowsers } from './known-browsers';
import { networkOf } from './network-of';
import { TooManyAttemptsError } from './too-many-attempts.error';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** Limits per minute, in multiples of AUTH_RATE_LIMIT. */
const FACTORS = {
  /** Forms with a password, from one sender. */
  form: 1,
  /** Passwords for one name, from all unknown browsers together. */
  guess: 5,
  /** The current password, which somebody who is signed in already has to give. */
  currentPassword: 1,
  /** Whether a name is free: typing one name asks several times. */
  question: 3,
  /** Changes by one person. Nobody types this fast, but retries and double clicks count too. */
  write: 6,
} as const;

/** How many mails to one address visitors can cause in an hour. */
const MAILS_PER_HOUR = 5;

type Limited = keyof typeof FACTORS | 'mail';

/**
 * How often something may be tried. Senders are counted apart from the names that they try, so that nobody can lock another out: what strangers
 * do to a name stops strangers only, see {@link KnownBrowsers}. All methods throw {@link TooManyAttemptsError}; none does where AUTH_RATE_LIMIT is 0.
 */
@Injectable()
export class AttemptLimits {
  private readonly limiters?: Readonly<Record<Limited, RateLimiterAbstract>>;

  constructor(
    { AUTH_RATE_LIMIT: limit }: Environment,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly securityLog: SecurityLog,
  ) {
    if (limit === 0) return;
    const perMinute = (kind: keyof typeof FACTORS) =>
      createLimiter({ keyPrefix: kind, points: limit * FACTORS[kind], duration: MINUTE_S });
    this.limiters = {
      form: perMinute('form'),
      guess: perMinute('guess'),
      currentPassword: perMinute('currentPassword'),
      question: perMinute('question'),
      write: perMinute('write'),
      mail: createLimiter({ keyPrefix: 'mail', points: MAILS_PER_HOUR, duration: HOUR_S }),
    };
  }

  /** A form with a password has been sent. A browser that has signed in with the name before shares its limit with nobody. */
  async takeForm(request: Request, username?: string): Promise<void> {
    const knownBrowser = username === undefined ? undefined : this.knownBrowsers.idFor(request, username);
    const sender =
      knownBrowser === undefined ? `network ${networkOf(request.ip)}` : `browser ${knownBrowser}`;
    await this.take('form', sender, 'forms with a password from one address');
  }

  /** A password is about to be checked for a name. */
  async takeGuess(request: Request, username: string): Promise<void> {
    if (this.knownBrowsers.idFor(request, username) !== undefined) return;
    await this.take('guess', usernameKey(username), 'passwords for one name', username);
  }

  /** The current password is about to be checked, in a session that may be stolen. */
  async takeCurrentPassword({ tokenHash }: Session): Promise<void> {
    await this.take('currentPassword', tokenHash, 'current passwords in one session');
  }

  async takeQuestion(request: Request): Promise<void> {
    await this.take('question', networkOf(request.ip), 'questions whether a name is free');
  }

  async takeWrite({ userId }: Session): Promise<void> {
    await this.take('write', String(userId), 'changes by one person');
  }

  /** A mail is about to be sent to an address that need not be the visitor's. */
  async takeMail(recipient: string): Promise<void> {
    await this.take('mail', emailKey(recipient), 'mails to one address');
  }

  private async take(kind: Limited, key: string, reason: string, username?: string): Promise<void> {
    const limiter = this.limiters?.[kind];
    if (!limiter) return;
    try {
      await limiter.consume(hashOf(key));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.securityLog.record({
        event: 'rate_limit',
        outcome: 'refused',
        username,
        reason: `too many ${reason}`,
      });
      // The library counts with timers but computes the wait from the clock, which may have been set.
      throw new TooManyAttemptsError(Math.min(refusal.msBeforeNext, limiter.duration * 1_000));
    }
  }
}

/** Workers share their counts, which their parent process keeps. */
function createLimiter(options: IRateLimiterOptions): RateLimiterAbstract {
  return isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options);
}

/** Hashed, so that every count takes the same memory: V8 keeps the whole text that a substring was cut from. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

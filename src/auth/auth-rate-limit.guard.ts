import { ExecutionContext, HttpException, HttpStatus, Injectable } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerLimitDetail, ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { Environment } from '../config/environment';
import { usernameKey } from '../users/uniqueness';

const MINUTE = 60_000;

/** Too many attempts; the header says after how many seconds the next one is worth it. */
export class TooManyAttempts extends HttpException {
  readonly headers: Record<string, string>;

  constructor(seconds: number) {
    super('Too many attempts. Please wait a minute and try again.', HttpStatus.TOO_MANY_REQUESTS);
    this.headers = { 'Retry-After': String(seconds) };
  }
}

/** Limits attempts with a password: all those from one address together, and all those for one name. */
@Injectable()
export class AuthRateLimitGuard extends ThrottlerGuard {
  protected override throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new TooManyAttempts(timeToBlockExpire);
  }

  /** One count for all routes: whoever tries to sign in and to register makes two attempts. */
  protected override generateKey(_context: ExecutionContext, tracker: string, throttler: string): string {
    return `${throttler} ${tracker}`;
  }
}

export function authRateLimit({ AUTH_RATE_LIMIT: limit }: Environment): ThrottlerModuleOptions {
  return {
    setHeaders: false,
    skipIf: () => limit === 0,
    throttlers: [
      { name: 'address', ttl: MINUTE, limit },
      {
        name: 'name',
        ttl: MINUTE,
        limit,
        getTracker: (request) => usernameKey(attemptedName(request as Request) ?? ''),
        skipIf: (context) =>
          limit === 0 || attemptedName(context.switchToHttp().getRequest<Request>()) === undefined,
      },
    ],
  };
}

/** Cut, so that a count costs little memory whatever is posted. */
function attemptedName({ body }: Request): string | undefined {
  const username = (body as { username?: unknown } | undefined)?.username;
  return typeof username === 'string' ? username.trim().slice(0, 64) : undefined;
}

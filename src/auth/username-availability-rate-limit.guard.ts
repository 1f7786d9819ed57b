import { ExecutionContext, Injectable } from '@nestjs/common';
import type { ThrottlerRequest } from '@nestjs/throttler';
import { AuthRateLimitGuard } from './auth-rate-limit.guard';

/** Typing one name asks several times: 60 questions a minute where 20 attempts are allowed. */
const QUESTIONS_PER_ATTEMPT = 3;

/** Limits how often one address may ask for names. It is counted apart: typing a name takes nobody's attempt to sign in. */
@Injectable()
export class UsernameAvailabilityRateLimitGuard extends AuthRateLimitGuard {
  protected override async handleRequest(request: ThrottlerRequest): Promise<boolean> {
    // A limit for each name would keep people from asking for the names that many would like to have.
    if (request.throttler.name !== 'address') return true;
    return super.handleRequest({ ...request, limit: request.limit * QUESTIONS_PER_ATTEMPT });
  }

  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return `username availability ${tracker}`;
  }
}

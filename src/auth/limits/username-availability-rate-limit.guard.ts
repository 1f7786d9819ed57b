import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AttemptLimits } from './attempt-limits';

/** Limits how often one sender may ask for names. It is counted apart: typing a name takes nobody's attempt to sign in. */
@Injectable()
export class UsernameAvailabilityRateLimitGuard implements CanActivate {
  constructor(private readonly limits: AttemptLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limits.takeQuestion(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

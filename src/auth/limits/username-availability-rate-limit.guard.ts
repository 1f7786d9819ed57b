import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AttemptLimits } from './attempt-limits';

/** Limits how often one sender may ask for names. It has a count of its own, so that typing a name uses up no attempt to sign in. */
@Injectable()
export class UsernameAvailabilityRateLimitGuard implements CanActivate {
  constructor(private readonly limits: AttemptLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limits.takeQuestion(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

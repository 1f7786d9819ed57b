import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AttemptLimits } from './attempt-limits';

/** Limits how often one sender may send a form with a password, whether it is filled in well or not. */
@Injectable()
export class AuthRateLimitGuard implements CanActivate {
  constructor(private readonly limits: AttemptLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    await this.limits.takeForm(request, typedName(request));
    return true;
  }
}

function typedName({ body }: Request): string | undefined {
  const username = (body as { username?: unknown } | undefined)?.username;
  return typeof username === 'string' ? username.trim() : undefined;
}

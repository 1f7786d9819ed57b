import { CanActivate, CustomDecorator, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { contextOf } from '../../http/request-context';
import { isSafe } from '../../http/safe-methods';
import { AttemptLimits } from './attempt-limits';

const SKIP_WRITE_RATE_LIMIT = Symbol('skip write rate limit');

/** For a route that must always work, such as signing out. */
export function SkipWriteRateLimit(): CustomDecorator<symbol> {
  return SetMetadata(SKIP_WRITE_RATE_LIMIT, true);
}

/** Limits how often one person may change anything, on every route. */
@Injectable()
export class WriteRateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: AttemptLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const isSkipped = this.reflector.get<boolean>(SKIP_WRITE_RATE_LIMIT, context.getHandler());
    const { session } = contextOf(request);
    if (session && !isSafe(request) && !isSkipped) await this.limits.takeWrite(session);
    return true;
  }
}

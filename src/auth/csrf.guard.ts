import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isSafe } from '../database/safe-methods';
import { ExpiredForm } from '../forms';
import { SecurityLog } from '../logging/security-log';
import { CsrfTokens } from './csrf-tokens';

/** Lets an unsafe request through only with the token of a form that this site made for this browser. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    private readonly csrfTokens: CsrfTokens,
    private readonly securityLog: SecurityLog,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request) || this.csrfTokens.isValid(request)) return true;
    this.securityLog.record({
      event: 'csrf_token',
      outcome: 'refused',
      reason: 'missing, made up or expired',
    });
    throw new ExpiredForm();
  }
}

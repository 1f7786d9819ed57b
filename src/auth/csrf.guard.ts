import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { contextOf } from '../http/request-context';
import { isSafe } from '../http/safe-methods';
import { ExpiredFormError } from '@microblog/forms';
import { CookiesNeededError } from './cookies-needed.error';
import { SecurityLog } from '../logging/security-log';
import { RedirectException } from '../rendering/redirect-exception';
import { CsrfTokens } from './csrf-tokens';
import { WHEN_FORM_EXPIRED, WayOut } from './when-form-expired.decorator';

/** Lets an unsafe request through only with the token of a form that this site made for this browser. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly csrfTokens: CsrfTokens,
    private readonly securityLog: SecurityLog,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request) || this.csrfTokens.isValid(request)) return true;
    const wayOut = this.reflector.get<WayOut | undefined>(WHEN_FORM_EXPIRED, context.getHandler());
    const { session } = contextOf(request);
    const isWorkDone = !session || this.csrfTokens.isFromBeforeSignIn(request);
    const redirect = isWorkDone && wayOut?.(request, session);
    if (redirect) throw new RedirectException(redirect);
    this.securityLog.record({
      event: 'csrf_token',
      outcome: 'refused',
      reason: 'missing, invalid or expired',
    });
    throw request.headers.cookie ? new ExpiredFormError() : new CookiesNeededError();
  }
}

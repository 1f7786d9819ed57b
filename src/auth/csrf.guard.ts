import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isSafe } from '../database/safe-methods';
import { ExpiredForm } from '../forms';
import { CsrfTokens } from './csrf-tokens';

/** Lets an unsafe request through only with the token of a form that this site made for this browser. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(private readonly csrfTokens: CsrfTokens) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request) || this.csrfTokens.isValid(request)) return true;
    throw new ExpiredForm();
  }
}

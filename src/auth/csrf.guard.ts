import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ExpiredForm } from '../forms/form-errors';
import { CsrfTokens } from './csrf-tokens';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Lets an unsafe request through only with the token of a form that this site made for this browser. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(private readonly csrfTokens: CsrfTokens) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (SAFE_METHODS.includes(request.method) || this.csrfTokens.isValid(request)) return true;
    throw new ExpiredForm();
  }
}

import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { draftCookie } from '../forms/draft';
import { Redirect } from '../rendering/reply';
import { SignInRequired } from './sign-in-required';
import { HOME, nextAfterSignIn } from './next-page';
import { PUBLIC } from './public.decorator';

/** Sends people who are not signed in to the sign-in page, save from routes that are {@link Public}. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (request.session || isPublic) return true;
    throw new SignInRequired(signInFirst(request));
  }
}

/** A page that was asked for is shown after signing in; what was typed into a form stands in it again. */
function signInFirst(request: Request): Redirect {
  const { method, originalUrl, formPage } = request;
  const isPage = method === 'GET' || method === 'HEAD';
  const next = isPage ? nextAfterSignIn(originalUrl) : (formPage?.path ?? HOME);
  const redirect = new Redirect(`/login?next=${encodeURIComponent(next)}`, isPage ? 302 : 303);
  const draft = formPage && draftCookie(formPage, request.body);
  return draft ? redirect.withCookie(draft) : redirect;
}

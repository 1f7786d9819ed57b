import { postedFormPage } from '@microblog/forms';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { contextOf } from '../http/request-context';
import { isRead } from '../http/safe-methods';
import { draftCookie } from './draft';
import { Redirect } from '../rendering/reply';
import { SubmissionKeys } from '../submissions/submission-keys';
import { SignInRequiredError } from './sign-in-required.error';
import { nextAfterSignIn } from './next-page';
import { HOME, LOGIN } from './paths';
import { PUBLIC } from './public.decorator';

/** Redirects people who are not signed in to the sign-in page, except on {@link Public} routes. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly submissionKeys: SubmissionKeys,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (contextOf(request).session || isPublic) return true;
    throw new SignInRequiredError(this.signInFirst(request));
  }

  /** A page that was asked for is shown after signing in; what was typed into a form stands in it again, for who had typed it. */
  private signInFirst(request: Request): Redirect | undefined {
    const page = postedFormPage(request)?.page;
    const isPage = isRead(request);
    const next = isPage ? nextAfterSignIn(request.originalUrl) : (page?.path ?? HOME);
    const redirect = new Redirect(`${LOGIN}?next=${encodeURIComponent(next)}`, isPage ? 302 : 303);
    const owner = this.submissionKeys.read(request.body)?.userId;
    if (!page || owner === undefined) return redirect;
    const draft = draftCookie(page, request.body, owner);
    // What is too long for a cookie stays on the page that answers.
    return draft && redirect.withCookie(draft);
  }
}

import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { Observable, map } from 'rxjs';
import { writeCookie } from '../http/cookies';
import { contextOf } from '../http/request-context';
import { Page, Redirect } from './reply';

/** The outermost interceptor: writes a reply's head, once everything inside, the commit included, has gone well. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next
      .handle()
      .pipe(
        map((result) =>
          result instanceof Page || result instanceof Redirect ? writeHead(response, result) : result,
        ),
      );
  }
}

/**
 * Sets status, headers and cookies, and returns the body that is left to be sent. Of HEAD nobody sees the page: cookies stay as they are,
 * so that a message that is shown once is still there for who does.
 */
export function writeHead(response: Response, reply: Page | Redirect): string {
  const isPage = reply instanceof Page;
  if (response.req.method === 'HEAD') response.removeHeader('Set-Cookie');
  else writeCookies(response, reply);
  response.status(reply.status).type('html').vary('Cookie');
  // What somebody sees who is signed in, or what is shown once, must not come back after signing out.
  const isPublic = isPage && contextOf(response.req).session === undefined && reply.cookies.length === 0;
  response.set('Cache-Control', isPublic ? 'private, no-cache' : 'no-store');
  if (isPage) return reply.html;
  response.location(reply.location);
  return '';
}

function writeCookies(response: Response, reply: Page | Redirect): void {
  const ofPages = reply instanceof Page ? contextOf(response.req).pageCookies?.() : undefined;
  for (const cookie of [...(ofPages ?? []), ...reply.cookies]) writeCookie(response, cookie);
}

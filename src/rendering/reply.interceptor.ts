import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { Observable, map } from 'rxjs';
import { writeCookie } from './cookies';
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

/** Sets status, headers and cookies, and returns the body that is left to be sent. */
export function writeHead(response: Response, reply: Page | Redirect): string {
  response.status(reply.status);
  for (const cookie of reply.cookies) writeCookie(response, cookie);
  response.vary('Cookie');
  response.type('html');
  if (reply instanceof Page) {
    response.set('Cache-Control', 'private, no-cache');
    return reply.html;
  }
  response.set('Cache-Control', 'no-store');
  response.location(reply.location);
  return '';
}

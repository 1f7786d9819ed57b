import {
  CallHandler,
  ExecutionContext,
  HttpException,
  Injectable,
  Module,
  NestInterceptor,
} from '@nestjs/common';
import { postedFormPage } from '@microblog/forms';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';

/** With which status a request is to fail. */
export const FAIL_HEADER = 'Fail-With';
/** Whether the page of the form that a request brings is to fail too. */
export const BREAK_PAGE_HEADER = 'Break-Page';

/** Fails on demand where any handler may fail, with any form. */
@Injectable()
class RefusingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const posted = postedFormPage(request);
    if (posted && request.get(BREAK_PAGE_HEADER)) posted.show = fail;
    const status = Number(request.get(FAIL_HEADER) ?? 0);
    if (status === 500) fail();
    if (status > 0) throw new HttpException(`Refused with ${status}`, status);
    return next.handle();
  }
}

function fail(): never {
  throw new Error('Failed on demand');
}

@Module({ providers: [{ provide: APP_INTERCEPTOR, useClass: RefusingInterceptor }] })
export class RefusingModule {}

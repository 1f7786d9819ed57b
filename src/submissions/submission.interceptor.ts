import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable, mergeMap } from 'rxjs';
import { isSafe } from '../http/safe-methods';
import { Redirect } from '../rendering/reply';
import { SubmissionsService } from './submissions.service';

/** Remembers the reply to a form inside its unit of work: of two that are handled at once, one is saved, and the other rolled back. */
@Injectable()
export class SubmissionInterceptor implements NestInterceptor {
  constructor(private readonly submissions: SubmissionsService) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request)) return next.handle();
    return next.handle().pipe(
      mergeMap(async (result) => {
        if (result instanceof Redirect) await this.submissions.remember(request, result);
        return result;
      }),
    );
  }
}

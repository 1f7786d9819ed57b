import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable, defer, lastValueFrom } from 'rxjs';
import { isSafe } from './safe-methods';
import { UnitOfWork } from './unit-of-work';

const ROLLED_BACK = new WeakSet<Request>();

/** Whether it is certain that nothing of the request's unit of work was saved. */
export function isRolledBack(request: Request): boolean {
  return ROLLED_BACK.has(request);
}

/**
 * Makes one unit of work of an unsafe request: its handler, and all that the interceptors inside this one do, such as rendering the
 * page. A throw, or a result whose `status` is 500 or more, saves nothing.
 */
@Injectable()
export class TransactionInterceptor implements NestInterceptor {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (isSafe(request)) return next.handle();
    const handle = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return defer(() =>
      this.unitOfWork.run(handle, {
        keep: (result) => !isServerError(result),
        onRollback: () => ROLLED_BACK.add(request),
      }),
    );
  }
}

function isServerError(result: unknown): boolean {
  return ((result as { status?: number } | undefined)?.status ?? 0) >= 500;
}

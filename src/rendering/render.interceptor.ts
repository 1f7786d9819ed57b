import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable, map } from 'rxjs';
import { Renderer } from './renderer';
import { View } from './reply';

/** Renders what the handler returned. It runs inside the transaction: a page that cannot be rendered saves nothing. */
@Injectable()
export class RenderInterceptor implements NestInterceptor {
  constructor(private readonly renderer: Renderer) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    return next
      .handle()
      .pipe(map((result) => (result instanceof View ? this.renderer.render(result, request) : result)));
  }
}

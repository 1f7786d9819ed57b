import { ArgumentsHost, Catch, HttpException, INestApplication, Logger } from '@nestjs/common';
import { ApplicationConfig, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { DebuggerService } from './debugger.service';

/** Answers faults of the server with the debugger, and leaves everything else to Nest. */
@Catch()
class DebuggerExceptionFilter extends BaseExceptionFilter {
  private readonly logger = new Logger('ExceptionsHandler');

  constructor(
    private readonly debuggerService: DebuggerService,
    { httpAdapter }: HttpAdapterHost,
  ) {
    super(httpAdapter);
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof HttpException ? error.getStatus() : 500;
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const debugResponse =
      status < 500 || response.headersSent
        ? undefined
        : this.debuggerService.respond(error, { status, problem: { status } }, request);
    if (!debugResponse) {
      super.catch(error, host);
      return;
    }
    const { type, headers, body } = debugResponse;
    this.logger.error(error);
    response.status(status).type(type).set(headers).send(body);
  }
}

/**
 * Puts the debugger into an application that has no exception filter of its own; one that has calls {@link DebuggerService} there. Call it
 * before other middleware is added.
 */
export function useDebugger(app: INestApplication): void {
  const debuggerService = app.get(DebuggerService);
  app.use(debuggerService.middleware);
  const filter = new DebuggerExceptionFilter(debuggerService, app.get(HttpAdapterHost));
  // Nest asks the last filter first. This one takes everything, so that the application's own must come before it.
  app.get(ApplicationConfig).getGlobalFilters().unshift(filter);
}

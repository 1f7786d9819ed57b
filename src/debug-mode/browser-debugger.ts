import { DebugResponse, DebuggerService } from '@microblog/debugger';
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { DebugErrorHandler } from '../errors/debug-error-handler';
import { PublicError, problemDocument } from '../errors/public-error';
import { requestContext } from '../http/request-context';
import { ReportedError } from '../logging/reported-error';

/** Hands to the debugger what the log has of an error, so that it is described and redacted once. */
@Injectable()
export class BrowserDebugger extends DebugErrorHandler {
  constructor(private readonly debuggerService: DebuggerService) {
    super();
  }

  get middleware(): RequestHandler {
    return this.debuggerService.middleware;
  }

  printBanner(address: string): void {
    this.debuggerService.printBanner(address);
  }

  respond(
    error: unknown,
    publicError: PublicError,
    { event, redactor }: ReportedError,
    request: Request,
  ): DebugResponse | undefined {
    const { status, reference } = publicError;
    const { request: seen } = event;
    return this.debuggerService.respond(
      error,
      {
        status,
        reference,
        error: event.error,
        redactor,
        request: seen && { ...seen, user: seen.username },
        queries: seen?.queries.map(({ took, ...query }) => ({ ...query, durationMs: took })),
        // With the line about the error itself.
        logLines: requestContext()?.lines,
        problem: problemDocument(publicError, seen?.url ?? ''),
      },
      request,
    );
  }
}

import type { DebugResponse } from '@microblog/debugger';
import type { Request, RequestHandler } from 'express';
import { ReportedError } from '../logging/reported-error';
import { PublicError } from './public-error';

/** What debug mode puts in the place of the 500 page; there is none otherwise. */
export abstract class DebugErrorHandler {
  /** Comes before all other middleware, which may be what is broken. */
  abstract readonly middleware: RequestHandler;

  /** Prints where the debugger is. @param address of the application */
  abstract printBanner(address: string): void;

  /** @returns undefined for a client that may not see the error */
  abstract respond(
    error: unknown,
    publicError: PublicError,
    reported: ReportedError,
    request: Request,
  ): DebugResponse | undefined;
}

import type { Request, RequestHandler } from 'express';
import { ErrorAccount } from './error-account';

/** What an answer is made of when a developer gets it. */
export interface DeveloperAnswer {
  /** Such as `html` or `text/markdown`. */
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What debug mode puts in the place of the 500 page; there is none otherwise. */
export abstract class DeveloperTools {
  /** Takes the requests for the tools' own pages, before anything that they may be needed to mend. */
  abstract readonly middleware: RequestHandler;

  /** Says in the terminal that they are there. @param address where the application is */
  abstract announce(address: string): void;

  /** An account of a fault of the server for its developer, or undefined for anybody else. */
  abstract answer(error: unknown, account: ErrorAccount, request: Request): DeveloperAnswer | undefined;
}

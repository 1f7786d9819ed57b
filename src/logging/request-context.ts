import type { NextFunction, Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { RequestReports } from './request-reports';

/** How much of a request's history is kept for the case that it fails. */
const QUERIES = 20;
const LINES = 20;

/** A statement that was run for a request. */
export interface RecordedQuery {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** In milliseconds. */
  readonly took: number | undefined;
  readonly failed: boolean;
}

/** What is known about the request that the current code runs for. */
export class RequestContext {
  /** Made by the server, for log lines that belong together. */
  readonly id = randomUUID().slice(0, 8);
  readonly queries: RecordedQuery[] = [];
  readonly lines: string[] = [];
  readonly reports = new RequestReports();

  /** Who is signed in. */
  userId?: number;
  username?: string;

  constructor(readonly request: Request) {}

  /** Whether the answer has been sent; what goes wrong after that, as in a task that the request has begun, stands for itself. */
  get isAnswered(): boolean {
    return this.request.res?.writableEnded === true;
  }

  addQuery(query: RecordedQuery): void {
    keepLast(this.queries, query, QUERIES);
  }

  addLine(line: string): void {
    keepLast(this.lines, line, LINES);
  }
}

const current = new AsyncLocalStorage<RequestContext>();

/** The request that the calling code runs for, or undefined outside of any. */
export function requestContext(): RequestContext | undefined {
  return current.getStore();
}

/** Middleware that begins the context; it comes before everything that may log. */
export function beginRequestContext(request: Request, _response: Response, next: NextFunction): void {
  current.run(new RequestContext(request), next);
}

function keepLast<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}

import type { NextFunction, Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Session } from '../users/session.entity';
import { ResponseCookie } from './cookies';
import { RequestReports } from './request-reports';

/** How much of a request's history is kept in case it fails. */
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

/** What the application knows about a request while it answers it. */
export class RequestContext {
  /** Made by the server, for log lines that belong together. */
  readonly id = randomUUID().slice(0, 8);
  readonly queries: RecordedQuery[] = [];
  readonly lines: string[] = [];
  readonly reports = new RequestReports();

  /** Set where someone is signed in. */
  session?: Session;
  /** Why the session could not be read, so that it is unknown whose request this is. */
  sessionFailure?: Error;

  /** For the forms of a page; both set a cookie where the browser has none yet. */
  csrfToken?: () => string;
  submissionKey?: () => string;
  /** The cookies to set with a page. Only called for pages, since a response that caches may share must not set cookies. */
  pageCookies?: () => ResponseCookie[];

  constructor(readonly request: Request) {}

  get userId(): number | undefined {
    return this.session?.userId;
  }

  get username(): string | undefined {
    return this.session?.user.username;
  }

  /** Whether the answer has been sent. Errors after that, such as in a background task, are reported on their own. */
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

const CONTEXTS = new WeakMap<Request, RequestContext>();
const current = new AsyncLocalStorage<RequestContext>();

/** The context of the given request. */
export function contextOf(request: Request): RequestContext {
  let context = CONTEXTS.get(request);
  if (!context) CONTEXTS.set(request, (context = new RequestContext(request)));
  return context;
}

/** The context of the request that the calling code runs for, or undefined outside of any. */
export function requestContext(): RequestContext | undefined {
  return current.getStore();
}

/** Middleware that begins the context; it comes before everything that may log. */
export function beginRequestContext(request: Request, _response: Response, next: NextFunction): void {
  current.run(contextOf(request), next);
}

function keepLast<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}

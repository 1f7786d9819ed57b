import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** What is known about the request that the current code runs for. */
export interface RequestContext {
  /** Made by the server, for log lines that belong together. */
  readonly id: string;
}

const current = new AsyncLocalStorage<RequestContext>();

/** The request that the calling code runs for, or undefined outside of any. */
export function requestContext(): RequestContext | undefined {
  return current.getStore();
}

/** Middleware that begins the context; it comes before everything that may log. */
export function beginRequestContext(_request: Request, _response: Response, next: NextFunction): void {
  current.run({ id: randomUUID().slice(0, 8) }, next);
}

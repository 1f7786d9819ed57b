import { Logger } from '@nestjs/common';
import { isError } from '@microblog/error-report';

/** What was handed to a method of Nest's `Logger`, told apart. */
export interface LogCall {
  readonly message: unknown;
  /** Errors in addition to the message; a stack that was passed as text is an error again. */
  readonly errors: readonly Error[];
  /** All other values. */
  readonly data: readonly unknown[];
  readonly context: string | undefined;
}

/** What other code logs as an error without throwing one. */
export class LoggedError extends Error {
  override name = 'LoggedError';
}

/** How Nest recognises a stack: a line that begins with "at" and ends with a position. */
const STACK = /\n[ \t]+at .+:\d+:\d+/;
/** The first frame of a stack stands within so many characters, below a long message too. */
const STACK_SEARCH_LENGTH = 20_000;
const FIRST_LINE = /^(?:([\w$.]+): )?(.*)/;

/**
 * Reads the arguments as Nest's `ConsoleLogger` does: a text that comes last is the context, which a `Logger` with a name adds by
 * itself, and a text in the form of a stack is one. Unlike there, nothing is dropped, and an error may stand anywhere.
 */
export function readLogCall(message: unknown, optional: readonly unknown[]): LogCall {
  const values = optional.filter((value) => value !== undefined);
  const last = values.at(-1);
  const context = typeof last === 'string' && !isStack(last) ? last : undefined;
  if (context !== undefined) values.pop();
  const errors: Error[] = [];
  const data: unknown[] = [];
  for (const value of values) {
    if (isError(value)) errors.push(value as Error);
    else if (typeof value === 'string' && isStack(value)) errors.push(errorFromStack(value));
    else data.push(value);
  }
  return { message, errors, data, context };
}

/** The error that `Logger.error()` or `fatal()` was called about, and what caused it or happened with it. */
export function loggedError({ message, errors }: LogCall, text: string): { error: unknown; others: Error[] } {
  // `error(error.message, error.stack)` is about that error, and about no other.
  const error = isError(message)
    ? message
    : (errors.find((each) => each.message === text) ?? new LoggedError(text));
  if (error instanceof LoggedError) captureCaller(error);
  return { error, others: errors.filter((each) => each !== error && each.stack !== (error as Error).stack) };
}

function isStack(text: string): boolean {
  return STACK.test(text.slice(0, STACK_SEARCH_LENGTH));
}

function errorFromStack(stack: string): Error {
  const [, name = 'Error', message = ''] = FIRST_LINE.exec(stack) ?? [];
  return Object.assign(new Error(message), { name, stack });
}

/** An error made from text has a stack that begins where it was logged. */
function captureCaller(error: LoggedError): void {
  /* eslint-disable @typescript-eslint/unbound-method -- they say where the stack ends, and are not called */
  for (const method of [Logger.prototype.error, Logger.prototype.fatal, Logger.error, Logger.fatal]) {
    Error.captureStackTrace(error, method);
    if (error.stack?.includes('\n')) return;
  }
  Error.captureStackTrace(error);
}

import { types } from 'node:util';
import { cutText } from './cut-text';
import { inspectSafely } from './inspect-safely';
import { StackFrame, parseStack } from './stack-frames';

/** Whatever was thrown, as plain data. Nothing in it is redacted. */
export interface SerializedError {
  /** The most telling name of its class; `NonError` where it is no error. */
  name: string;
  /** At most 10,000 characters. */
  message: string;
  frames: StackFrame[];
  /** The chain of causes, from the nearest to the root, then the errors of an `AggregateError` among them. */
  causes: SerializedError[];
  /** What database and system errors tell beyond the message: `code`, `detail`, `query`, `parameters`. */
  details?: Record<string, unknown>;
}

const TEXT_LENGTH = 10_000;
const HUGE_LENGTH = 1_000_000;
const NAME_LENGTH = 200;
const CAUSE_COUNT = 10;
const PARAMETER_COUNT = 100;

/** Describes what a `catch` got hold of. Never throws, whatever that is and however it defends itself. */
export function serializeError(thrown: unknown): SerializedError {
  const [, ...causes] = causeChain(thrown);
  const seen = new Set([thrown, ...causes]);
  const joined = [...seen].flatMap(joinedErrors).filter((error) => !seen.has(error));
  return {
    ...describeAlone(thrown),
    causes: [
      ...causes.map(describeAlone),
      ...joined.slice(0, CAUSE_COUNT).map((error) => ({
        ...describeAlone(error),
        causes: causeChain(error).slice(1).map(describeAlone),
      })),
    ],
  };
}

/** The thrown value itself, then its causes; the first of what {@link serializeError} describes, in the same order. */
export function causeChain(thrown: unknown): unknown[] {
  const chain = new Set([thrown]);
  let cause = causeOf(thrown);
  while (cause !== undefined && cause !== null && !chain.has(cause) && chain.size <= CAUSE_COUNT) {
    chain.add(cause);
    cause = causeOf(cause);
  }
  return [...chain];
}

function causeOf(thrown: unknown): unknown {
  return isError(thrown) ? read(thrown, 'cause') : undefined;
}

function joinedErrors(thrown: unknown): unknown[] {
  return isError(thrown) ? (firstOf(read(thrown, 'errors'), CAUSE_COUNT) ?? []).filter(isError) : [];
}

function describeAlone(thrown: unknown): SerializedError {
  if (!isError(thrown))
    return { name: 'NonError', message: describeNonError(thrown), frames: [], causes: [] };
  const message = messageOf(thrown);
  const frames = framesOf(thrown, message);
  const details = detailsOf(thrown);
  return {
    name: nameOf(thrown),
    message: cutText(message, TEXT_LENGTH),
    frames,
    causes: [],
    ...(Object.keys(details).length > 0 && { details }),
  };
}

function framesOf(error: object, message: string): StackFrame[] {
  const short = cutText(message, NAME_LENGTH);
  // V8 writes the stack when it is first read. With a huge message in it, looking into it takes as much memory again.
  const isShortened = message.length > HUGE_LENGTH && setMessage(error, short);
  const stack = read(error, 'stack');
  if (isShortened) setMessage(error, message);
  if (typeof stack !== 'string') return [];
  return parseStack(stack, stack.length < message.length ? short : message);
}

function setMessage(error: object, message: string): boolean {
  try {
    if (!Object.getOwnPropertyDescriptor(error, 'message')?.writable) return false;
    Object.assign(error, { message });
    return true;
  } catch {
    return false;
  }
}

/** An error of another realm, as Jest and `node:vm` make them, is no `instanceof Error` here. */
export function isError(thrown: unknown): thrown is object {
  if (typeof thrown !== 'object' || thrown === null) return false;
  try {
    if (types.isNativeError(thrown) || thrown instanceof Error) return true;
  } catch {
    return false;
  }
  return typeof read(thrown, 'stack') === 'string' && typeof read(thrown, 'message') === 'string';
}

function nameOf(error: object): string {
  const name = read(error, 'name');
  if (typeof name === 'string' && name && name !== 'Error') return cutText(name, NAME_LENGTH);
  // Many a class forgets to set `name`.
  const constructor = read(error, 'constructor');
  const className = typeof constructor === 'function' ? read(constructor, 'name') : undefined;
  return typeof className === 'string' && className ? cutText(className, NAME_LENGTH) : 'Error';
}

function messageOf(error: object): string {
  const message = read(error, 'message', '[unreadable]');
  return typeof message === 'string' ? message : inspectSafely(message);
}

function detailsOf(error: object): Record<string, unknown> {
  const details: Record<string, unknown> = {};
  for (const name of ['code', 'detail', 'query']) {
    const value = read(error, name);
    if (typeof value === 'string' && value) details[name] = cutText(value, TEXT_LENGTH);
    if (typeof value === 'number') details[name] = value;
  }
  const parameters = firstOf(read(error, 'parameters'), PARAMETER_COUNT);
  if (parameters) details.parameters = parameters;
  return details;
}

function describeNonError(thrown: unknown): string {
  if (thrown === undefined || thrown === null) return `thrown ${thrown}`;
  const text = typeof thrown === 'string' ? `"${cutText(thrown, TEXT_LENGTH)}"` : inspectSafely(thrown);
  return cutText(`thrown ${typeof thrown}: ${text}`, TEXT_LENGTH);
}

/** A property, or `fallback` where reading it throws. */
function read(source: object, name: string, fallback?: unknown): unknown {
  try {
    return (source as Record<string, unknown>)[name];
  } catch {
    return fallback;
  }
}

/** A copy of the first elements, or undefined where it is no array or cannot be read. */
function firstOf(list: unknown, count: number): unknown[] | undefined {
  try {
    return Array.isArray(list)
      ? Array.from({ length: Math.min(list.length, count) }, (_, i) => list[i] as unknown)
      : undefined;
  } catch {
    return undefined;
  }
}

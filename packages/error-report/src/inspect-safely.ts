import { inspect } from 'node:util';

const MAX_STRING_LENGTH = 10_000;

/** Any value in one line, as `util.inspect` writes it. Never throws. */
export function inspectSafely(value: unknown): string {
  try {
    return inspect(value, {
      depth: 2,
      customInspect: false,
      getters: false,
      breakLength: Infinity,
      maxArrayLength: 100,
      maxStringLength: MAX_STRING_LENGTH,
    });
  } catch {
    return '[unreadable]';
  }
}

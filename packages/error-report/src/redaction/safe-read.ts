/** Shown for a property that throws when it is read. */
export const UNREADABLE = '[unreadable]';

export interface Entries {
  entries: [string, unknown][];
  /** How many entries are left out. */
  more: number;
  isList: boolean;
}

/** What is in an object, a list or a map, or undefined where that cannot be read. */
export function readEntries(value: object, limit: number): Entries | undefined {
  try {
    const isList = Array.isArray(value) || value instanceof Set;
    const count = Math.max(0, limit);
    if (
      value instanceof Set ||
      value instanceof Map ||
      value instanceof URLSearchParams ||
      value instanceof Headers
    ) {
      const all = [...(value.entries() as Iterable<[unknown, unknown]>)];
      const entries = all
        .slice(0, count)
        .map(([key, inner], i): [string, unknown] => [
          isList ? String(i) : typeof key === 'string' ? key : `[${typeof key}]`,
          inner,
        ]);
      return { entries, more: all.length - entries.length, isList };
    }
    if (Array.isArray(value)) {
      const entries = Array.from({ length: Math.min(value.length, count) }, (_, index): [string, unknown] => [
        String(index),
        readProperty(value, index),
      ]);
      return { entries, more: value.length - entries.length, isList };
    }
    const keys = Object.keys(value);
    if (value instanceof Error) keys.unshift('name', 'message');
    const entries = keys.slice(0, count).map((key): [string, unknown] => [key, readProperty(value, key)]);
    return { entries, more: keys.length - entries.length, isList };
  } catch {
    return undefined;
  }
}

/** The text of values that are one text rather than a structure, such as dates. */
export function textOf(value: object): string | undefined {
  try {
    if (value instanceof URL) return value.href;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
    return ArrayBuffer.isView(value) ? `[${value.byteLength} bytes]` : undefined;
  } catch {
    return UNREADABLE;
  }
}

function readProperty(value: object, key: string | number): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

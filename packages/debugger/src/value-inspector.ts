import { inspect, types } from 'node:util';
import { HIDDEN } from '@microblog/error-report';

/** A value to look at, as plain data; what is inside of it is asked for one level at a time. */
export interface InspectedValue {
  /** In a line. */
  readonly preview: string;
  /** `string`, `number`, `object`, `getter` …, for the colour. */
  readonly type: string;
  /** Under which its entries can be asked for; absent where it has none. */
  readonly handle?: number;
}

export interface InspectedEntries {
  readonly entries: readonly { readonly name: string; readonly value: InspectedValue }[];
  /** How many there are beyond these. */
  readonly more: number;
}

const PREVIEW_LENGTH = 200;
/** So many entries at once. */
const PAGE = 100;
const TEXT_LENGTH = 100_000;

/**
 * What has been shown of one error or console, so that it can be expanded for as long as that is kept. Nothing of a value's own is run
 * by looking at it: no getter, no proxy, no `inspect` of its class.
 */
export class ValueInspector {
  private readonly values: unknown[] = [];

  /** @param hidden secrets of the application, which no page shows to who has only found the way to it */
  constructor(private readonly hidden: readonly string[] = []) {}

  inspect(value: unknown): InspectedValue {
    const seen = {
      preview: this.withoutSecrets(previewOf(value)),
      type: value === null ? 'null' : typeof value,
    };
    return isExpandable(value) ? { ...seen, handle: this.values.push(value) - 1 } : seen;
  }

  /**
   * The entries of a value that was looked at.
   *
   * @param from how many to leave out, which were asked for before
   * @returns undefined for a handle that nothing has
   */
  expand(handle: number, from = 0): InspectedEntries | undefined {
    if (!Object.hasOwn(this.values, handle)) return undefined;
    const all = entriesOf(this.values[handle]);
    const entries = all.slice(from, from + PAGE).map((entry) => ({
      name: entry.name,
      value:
        'text' in entry
          ? { preview: this.withoutSecrets(entry.text), type: entry.type }
          : this.inspect(entry.value),
    }));
    return { entries, more: Math.max(0, all.length - from - entries.length) };
  }

  private withoutSecrets(text: string): string {
    return this.hidden.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  }
}

/** A value in a line. @param customInspect whether objects may say themselves how they are shown, which runs their code */
export function previewOf(value: unknown, { customInspect = false } = {}): string {
  if (typeof value === 'function') return functionPreview(value);
  const text = inspect(value, {
    depth: 1,
    breakLength: Infinity,
    compact: true,
    customInspect,
    getters: false,
    showProxy: true,
    maxArrayLength: 10,
    maxStringLength: PREVIEW_LENGTH,
  });
  // An error has its stack in it, of which a line is enough.
  const line = types.isNativeError(value) ? (text.split('\n', 1)[0] ?? '') : text.replace(/\s*\n\s*/g, ' ');
  return line.length > PREVIEW_LENGTH ? `${line.slice(0, PREVIEW_LENGTH).toWellFormed()}…` : line;
}

type Entry =
  | { readonly name: string; readonly value: unknown }
  | { readonly name: string; readonly text: string; readonly type: string };

function functionPreview(value: object): string {
  return inspect(value, { depth: -1, customInspect: false, getters: false, showProxy: true });
}

function isExpandable(value: unknown): boolean {
  if (typeof value === 'string') return value.length > PREVIEW_LENGTH;
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject && !types.isProxy(value) && entriesOf(value).length > 0;
}

function entriesOf(value: unknown): Entry[] {
  if (typeof value === 'string') return [{ name: '', text: value.slice(0, TEXT_LENGTH), type: 'text' }];
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || types.isProxy(value))
    return [];
  return [...contents(value), ...properties(value), ...prototype(value)];
}

/** Read in a way that a class cannot have overridden. */
function contents(value: object): Entry[] {
  if (types.isMap(value)) {
    const pairs = Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>;
    return Array.from(pairs, ([key, inner]) => ({ name: previewOf(key), value: inner }));
  }
  if (types.isSet(value)) {
    const members = Set.prototype.values.call(value) as Iterable<unknown>;
    return Array.from(members, (inner, index) => ({ name: String(index), value: inner }));
  }
  return [];
}

function properties(value: object): Entry[] {
  return Reflect.ownKeys(value).flatMap((key): Entry[] => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const name = typeof key === 'symbol' ? key.toString() : key;
    if (!descriptor) return [];
    if ('value' in descriptor) return [{ name, value: descriptor.value as unknown }];
    return [{ name, text: descriptor.get ? '[Getter]' : '[Setter]', type: 'getter' }];
  });
}

/** Where methods and getters of a class are found. */
function prototype(value: object): Entry[] {
  const inherited = Object.getPrototypeOf(value) as object | null;
  const isPlain =
    inherited === null || [Object.prototype, Array.prototype, Function.prototype].includes(inherited);
  return isPlain ? [] : [{ name: '[[Prototype]]', value: inherited }];
}

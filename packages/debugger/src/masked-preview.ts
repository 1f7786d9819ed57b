import { inspect, types } from 'node:util';
import { HIDDEN, isSecretName } from '@microblog/error-report';
import { previewOf } from './value-inspector';

/** As far as {@link previewOf} looks into a value. */
const DEPTH = 1;
const MOST_ENTRIES = 10;
const MOST_PROPERTIES = 50;
/** Secrets are hidden before the text is cut, since the rest of a cut secret would not be recognised. */
const TEXT_LENGTH = 10_000;

/** Text without spaces, which may be a key, a token or a hash. */
const TOKEN = /[\w+/=-]{20,}/g;

/**
 * A value in a line, as {@link previewOf} shows it, without what may be a secret: by the name that it has, by what the application and
 * the request are known to keep secret, and by being bytes or looking made by chance. For whoever has not given the PIN, and to be passed on.
 *
 * @param redact hides what is known to be secret in a text
 */
export function maskedPreview(name: string, value: unknown, redact: (text: string) => string): string {
  if (isHidden(name, value)) return HIDDEN;
  const hide = (text: string) => withoutTokens(redact(text.slice(0, TEXT_LENGTH)));
  const preview = redact(inspectMasked(masked(value, DEPTH, hide)));
  // Some secrets are recognised only by the name before them.
  const [prefix, assigned] = [`${name}: `, redact(`${name}: ${preview}`)];
  return assigned.startsWith(prefix) ? assigned.slice(prefix.length) : assigned;
}

/** Shown as it is: what stands for a value that is not to be looked into. */
class Shown {
  constructor(private readonly text: string) {}

  [inspect.custom](): string {
    return this.text;
  }
}

/** Booleans and absent values are not hidden. */
function isHidden(name: string, value: unknown): boolean {
  return isSecretName(name) && value !== undefined && value !== null && typeof value !== 'boolean';
}

/** Made of plain objects only, so that no code of the application runs. */
function inspectMasked(value: unknown): string {
  return value instanceof Shown ? value[inspect.custom]() : previewOf(value, { customInspect: true });
}

/** A copy as far as it is shown, of plain objects whose class is no more than a name. */
function masked(value: unknown, depth: number, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'function') return new Shown(hide(previewOf(value)));
  if (typeof value !== 'object' || value === null) return value;
  const special = specialPreview(value, hide);
  if (special !== undefined) return new Shown(special);
  if (depth < 0) return new Shown(Array.isArray(value) ? '[Array]' : `[${className(value) ?? 'Object'}]`);
  const inner = (name: string, entry: unknown) =>
    isHidden(name, entry) ? new Shown(HIDDEN) : masked(entry, depth - 1, hide);
  return withProperties(emptyCopy(value, inner), value, inner);
}

/** Of what has its content elsewhere than in properties: bytes, what is still to come, another object in its place. */
function specialPreview(value: object, hide: (text: string) => string): string | undefined {
  if (types.isProxy(value)) return '[Proxy]';
  if (types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value))
    return `${className(value)} (${value.byteLength} bytes)`;
  if (types.isNativeError(value)) return hide(previewOf(value));
  if (types.isRegExp(value) || types.isBoxedPrimitive(value) || types.isModuleNamespaceObject(value))
    return hide(previewOf(value));
  if (types.isPromise(value) || types.isGeneratorObject(value) || types.isExternal(value)) {
    return `[${className(value) ?? 'Object'}]`;
  }
  return undefined;
}

type Inner = (name: string, entry: unknown) => unknown;

function emptyCopy(value: object, inner: Inner): object {
  if (types.isDate(value)) return new Date(Date.prototype.getTime.call(value));
  if (Array.isArray(value)) return copyOfArray(value, inner);
  if (types.isMap(value)) {
    const pairs = [...(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>)];
    return new Map(
      pairs.map(([key, entry], index) =>
        index < MOST_ENTRIES ? [inner('', key), inner(String(key), entry)] : [Symbol(), undefined],
      ),
    );
  }
  if (types.isSet(value)) {
    const members = [...(Set.prototype.values.call(value) as Iterable<unknown>)];
    return new Set(members.map((member, index) => (index < MOST_ENTRIES ? inner('', member) : Symbol())));
  }
  const name = className(value);
  if (name === undefined) return Object.create(null) as object;
  if (name === 'Object') return {};
  return Object.create(prototypeNamed(name)) as object;
}

/** An object whose class has nothing but this name. */
function prototypeNamed(name: string): object {
  const constructor = function () {
    // Never instantiated.
  };
  Object.defineProperty(constructor, 'name', { value: name });
  return constructor.prototype as object;
}

function copyOfArray(value: readonly unknown[], inner: Inner): unknown[] {
  const copy = new Array<unknown>(value.length);
  for (let index = 0; index < Math.min(value.length, MOST_ENTRIES); index++) {
    const descriptor = Object.getOwnPropertyDescriptor(value, index);
    if (descriptor) copy[index] = shownProperty('', descriptor, inner);
  }
  return copy;
}

function withProperties(copy: object, value: object, inner: Inner): object {
  const keys = Reflect.ownKeys(value).filter((key) => !(Array.isArray(value) && isIndex(key)));
  for (const key of keys.slice(0, MOST_PROPERTIES)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (!descriptor?.enumerable) continue;
    const name = typeof key === 'symbol' ? (key.description ?? '') : key;
    const shown = shownProperty(name, descriptor, inner);
    Object.defineProperty(copy, key, { value: shown, enumerable: true, configurable: true });
  }
  return copy;
}

function shownProperty(name: string, descriptor: PropertyDescriptor, inner: Inner): unknown {
  if ('value' in descriptor) return inner(name, descriptor.value);
  return new Shown(descriptor.get ? '[Getter]' : '[Setter]');
}

function isIndex(key: string | symbol): boolean {
  return key === 'length' || (typeof key === 'string' && /^\d+$/.test(key));
}

/** Undefined where it has no class. Read without running anything. */
function className(value: object): string | undefined {
  for (
    let prototype = Object.getPrototypeOf(value) as object | null;
    prototype !== null && !types.isProxy(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof constructor !== 'function' || types.isProxy(constructor)) continue;
    const name: unknown = Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
    if (typeof name === 'string' && name) return name;
  }
  return undefined;
}

function withoutTokens(text: string): string {
  return text.replace(TOKEN, (token) => (looksRandom(token) ? HIDDEN : token));
}

/** In words, letters of one kind stand together, and digits are few. */
function looksRandom(token: string): boolean {
  const digits = token.match(/\d/g)?.length ?? 0;
  const changes = token.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
  const hasAllKinds = digits > 0 && /[a-z]/.test(token) && /[A-Z]/.test(token);
  return /[A-Za-z]/.test(token) && (digits >= 3 || hasAllKinds || changes / token.length > 0.2);
}

/** What validators tell about their field: HTML attributes such as `required`, and whatever else a template may ask for. */
export type Flags = Readonly<Record<string, unknown>>;

/** Flags by name; every one that no validator has set is null. One given as a function has its value as of now. */
export function readableFlags(flags: Flags): Flags {
  return new Proxy(flags, {
    get: (set, name) => (typeof name === 'string' && Object.hasOwn(set, name) ? valueOf(set[name]) : null),
    // Templates read own properties only.
    getOwnPropertyDescriptor: (set, name) => ({
      value: typeof name === 'string' && Object.hasOwn(set, name) ? valueOf(set[name]) : null,
      enumerable: Object.hasOwn(set, name),
      configurable: true,
    }),
  });
}

function valueOf(flag: unknown): unknown {
  return (typeof flag === 'function' ? (flag as () => unknown)() : flag) ?? null;
}

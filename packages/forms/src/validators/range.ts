/** A bound that is fixed, or found out each time that it is asked for; null and undefined: none. */
export type Bound<T> = T | null | undefined | (() => T | null | undefined);

export function boundOf<T>(bound: Bound<T>): T | undefined {
  return (typeof bound === 'function' ? (bound as () => T | null | undefined)() : bound) ?? undefined;
}

/** The flags for as many bounds as there are. */
export function rangeFlags<T>(min: Bound<T>, max: Bound<T>): Record<string, Bound<T>> {
  return {
    ...((min ?? undefined) !== undefined && { min }),
    ...((max ?? undefined) !== undefined && { max }),
  };
}

/** The sentence for as many bounds as there are. */
export function rangeMessage(what: string, min: string | undefined, max: string | undefined): string {
  if (min === undefined && max === undefined) return `Not a valid ${what.toLowerCase()}.`;
  if (max === undefined) return `${what} must be at least ${min}.`;
  if (min === undefined) return `${what} must be at most ${max}.`;
  return `${what} must be between ${min} and ${max}.`;
}

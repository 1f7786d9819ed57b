import { Message } from '../translations/message';

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

/** The sentences for as many bounds as there are. */
export interface RangeTexts {
  readonly none: string;
  readonly min: string;
  readonly max: string;
  readonly both: string;
}

/** That for those that there are now. */
export function rangeMessage<T extends number | Date>(
  texts: RangeTexts,
  min: T | undefined,
  max: T | undefined,
): string | Message {
  if (min === undefined && max === undefined) return texts.none;
  if (max === undefined) return new Message(texts.min, { min: min as T });
  if (min === undefined) return new Message(texts.max, { max });
  return new Message(texts.both, { min, max });
}

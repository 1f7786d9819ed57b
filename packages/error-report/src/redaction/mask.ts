/** Stands for a secret. */
export const HIDDEN = '[hidden]';

/** A part of a text, from the first index up to but not including the second. */
export type Span = readonly [start: number, end: number];

/** The text with each of the pieces hidden. */
export function hide(text: string, spans: Span[]): string {
  let result = '';
  let done = 0;
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    if (end <= done) continue;
    // What touches or overlaps the last one is part of it.
    result += start > done || done === 0 ? text.slice(done, start) + HIDDEN : '';
    done = end;
  }
  return result + text.slice(done);
}

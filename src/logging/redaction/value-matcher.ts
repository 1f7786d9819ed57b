import { HIDDEN, Span } from './hiding';
import { formsOf } from './written-forms';

/** Shorter values are too common to be looked for within other text. */
export const SHORTEST = 4;

/** A power of two; a table that is made for every line that is logged should be small. */
const HASHES = 1 << 12;

/** Text in which more would be needed was made to keep the process busy; the rest of it is hidden unread. */
const MOST_COMPARISONS = 100_000;
/** What is compared at once; a longer value that begins like the text counts as so many comparisons more. */
const COMPARED_CHARACTERS = 64;

/** Finds values in time that hardly depends on how many there are: it looks only where the first four characters fit. */
export class ValueMatcher {
  private readonly forms = new Map<string, string[]>();
  private readonly firstFour = new Uint8Array(HASHES);

  constructor(values: Iterable<string>) {
    const forms = new Set([...values].flatMap(formsOf));
    for (const form of [...forms].sort((a, b) => b.length - a.length)) {
      const start = form.slice(0, SHORTEST);
      this.forms.set(start, [...(this.forms.get(start) ?? []), form]);
      this.firstFour[[...Array(SHORTEST).keys()].reduce((hash, i) => roll(hash, form, i), 0)] = 1;
    }
  }

  /** @param isCut whether the text goes on where nobody sees it, so that its end may be the beginning of a value */
  *find(text: string, isCut: boolean): Generator<Span> {
    if (this.forms.size === 0) return;
    const isBeginning = (form: string, start: number) =>
      isCut && start + form.length > text.length && form.startsWith(text.slice(start));
    let comparisons = MOST_COMPARISONS;
    const isAt = (form: string, start: number) => {
      if (form.length > COMPARED_CHARACTERS) {
        if (!text.startsWith(form.slice(0, COMPARED_CHARACTERS), start)) return false;
        comparisons -= form.length / COMPARED_CHARACTERS;
      }
      return text.startsWith(form, start);
    };
    let hash = 0;
    let hidden = -HIDDEN.length;
    for (let end = 0; end < text.length; end++) {
      hash = roll(hash, text, end);
      if (text.charAt(end) === '[' && text.startsWith(HIDDEN, end)) hidden = end;
      const start = end - SHORTEST + 1;
      // A value such as `hidden` would otherwise be found in what an earlier pass has left.
      if (!this.firstFour[hash] || start < 0 || (start >= hidden && start < hidden + HIDDEN.length)) continue;
      const forms = this.forms.get(text.slice(start, end + 1)) ?? [];
      comparisons -= forms.length;
      if (comparisons < 0) {
        yield [start, text.length];
        return;
      }
      const form = forms.find((form) => isAt(form, start) || isBeginning(form, start));
      if (form !== undefined) yield [start, Math.min(start + form.length, text.length)];
    }
  }
}

/** A hash of the last four characters. */
function roll(hash: number, text: string, index: number): number {
  return ((hash << 3) ^ text.charCodeAt(index)) & (HASHES - 1);
}

import { fullyUnescaped } from './decoding';
import { fold, foldBytes } from './folding';
import { HIDDEN, Span } from './mask';

/** Shorter values are too common to be looked for within other text. */
export const SHORTEST = 4;
/** A power of two. */
const HASHES = 1 << 12;
/** A longer beginning that a text has in common with a value counts as so many comparisons more. */
const FREE_CHARACTERS = 16;
/** Where somebody else has cut a text. */
const ELLIPSIS = /["'`]?(?:\.\.\.|…)/y;

/** How many comparisons a text is worth; one that needs more was made to keep the process busy. */
export class ComparisonBudget {
  private left = 50_000;

  /** @throws BudgetSpentError */
  spend(comparisons: number): void {
    this.left -= comparisons;
    if (this.left < 0) throw new BudgetSpentError();
  }
}

export class BudgetSpentError extends Error {}

interface Form {
  readonly text: string;
  /** The longest form that this one begins with. */
  readonly shorter?: Form;
}

/** Finds values in time that hardly depends on how many there are: it looks only where the first four characters fit. */
export class ValueMatcher {
  /** In the order of their characters. */
  private readonly forms: readonly Form[];
  private readonly longest: number;
  private readonly firstFour = new Uint8Array(HASHES);

  constructor(values: Iterable<string>) {
    const texts = new Set<string>();
    for (const value of values) {
      for (const form of formsOf(value)) if (form.length >= SHORTEST) texts.add(form);
    }
    this.forms = inOrder(texts);
    this.longest = this.forms.reduce((longest, { text }) => Math.max(longest, text.length), 0);
    for (const { text } of this.forms) this.firstFour[hashOfStart(text)] = 1;
  }

  /**
   * @param text folded
   * @param isCut whether the text goes on where nobody sees it, so that its end may be the beginning of a value
   */
  *find(text: string, isCut: boolean, budget: ComparisonBudget): Generator<Span> {
    if (this.forms.length === 0) return;
    let hash = 0;
    let hidden = -HIDDEN.length;
    for (let end = 0; end < text.length; end++) {
      hash = roll(hash, text, end);
      if (text.charAt(end) === '[' && text.startsWith(HIDDEN, end)) hidden = end;
      const start = end - SHORTEST + 1;
      // A value such as `hidden` would otherwise be found in what an earlier pass has left.
      if (!this.firstFour[hash] || start < 0 || (start >= hidden && start < hidden + HIDDEN.length)) continue;
      const length = this.lengthAt(text, start, isCut, budget);
      if (length > 0) yield [start, start + length];
    }
  }

  /** Whether it is worth to look for values; most texts have nothing that begins like one. */
  mayBeIn(text: string): boolean {
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = roll(hash, text, end);
      if (this.firstFour[hash] && end >= SHORTEST - 1) return true;
    }
    return false;
  }

  /** How long the longest value at the index is, or what is there of one that was cut. */
  private lengthAt(text: string, start: number, isCut: boolean, budget: ComparisonBudget): number {
    const after = this.firstAfter(text.slice(start, start + this.longest));
    // No others have more of their beginning in common with the text than these two.
    const before = this.forms[after - 1];
    const common = before ? commonLength(before.text, text, start) : 0;
    const commonAfter = commonLength(this.forms[after]?.text ?? '', text, start);
    budget.spend(1 + Math.max(common, commonAfter) / FREE_CHARACTERS);
    let form = before;
    while (form && form.text.length > common) form = form.shorter;
    if (form) return form.text.length;
    const beginning = Math.max(common, commonAfter);
    return beginning >= SHORTEST && isEnd(text, start + beginning, isCut) ? beginning : 0;
  }

  /** The number of the first form that comes after the text. */
  private firstAfter(text: string): number {
    let [low, high] = [0, this.forms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.forms[middle]?.text ?? '') <= text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function inOrder(texts: Iterable<string>): Form[] {
  let last: Form | undefined;
  return [...texts].sort().map((text) => {
    let shorter = last;
    while (shorter && !text.startsWith(shorter.text)) shorter = shorter.shorter;
    return (last = { text, shorter });
  });
}

/** How a value is looked for in text that was folded and unescaped: escapes in the value itself may have been taken for such. */
function formsOf(value: string): string[] {
  const plain = fullyUnescaped(value);
  const forms = plain === value ? [fold(value)] : [fold(value), fold(plain)];
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(value)) return forms;
  // Among decoded bytes.
  const normal = [value.normalize('NFC'), value.normalize('NFD')];
  return [...forms, ...normal.map((text) => foldBytes(Buffer.from(text).toString('latin1')))];
}

function commonLength(form: string, text: string, start: number): number {
  const longest = Math.min(form.length, text.length - start);
  let length = 0;
  while (length < longest && form.charCodeAt(length) === text.charCodeAt(start + length)) length++;
  return length;
}

function isEnd(text: string, index: number, isCut: boolean): boolean {
  if (index === text.length) return isCut;
  ELLIPSIS.lastIndex = index;
  return ELLIPSIS.test(text);
}

function hashOfStart(form: string): number {
  let hash = 0;
  for (let index = 0; index < SHORTEST; index++) hash = roll(hash, form, index);
  return hash;
}

/** A hash of the last four characters. */
function roll(hash: number, text: string, index: number): number {
  return ((hash << 3) ^ text.charCodeAt(index)) & (HASHES - 1);
}

import { ValidationOptions } from 'class-validator';
import { Message } from '../translations/message';
import { countCodePoints } from './code-points';
import { createValidator } from './validator';

/** Enough for the longest emoji: a family of four, each with a skin tone, has 11. */
const MAX_CODE_POINTS_PER_CHARACTER = 12;

/** Segmenting takes time that grows with the square of the length, so that long texts are cut into pieces. */
const WINDOW_LENGTH = 85 * MAX_CODE_POINTS_PER_CHARACTER;

/** Each of these counts as one character. */
const PLAIN = /^[ -~\n\t]*$/;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most so many characters as people count them: 👨‍👩‍👧‍👦 is one, and so is é, however it is encoded. (`Length` counts code points, as
 * WTForms does.) Instead of a `maxlength`, with which browsers cut off what is pasted, the field gets `data-character-limit`:
 * `public/character-counter.js` counts in the same way while somebody types. `$constraint1` in a message is the limit.
 */
export function CharacterLimit(max: number, options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'characterLimit',
      constraints: [max],
      validate: (value) => excessOf(value, max) <= 0,
      defaultMessage: ({ value }) => {
        const excess = excessOf(value, max);
        if (Number.isNaN(excess))
          return new Message('This must be a text of at most {max} characters.', { max });
        return new Message('Shorten this by {excess} characters.', { excess });
      },
      flags: { 'data-character-limit': max },
    },
    options,
  );
}

/** The length of a column that holds every text of so many characters. */
export function codePointsFor(characters: number): number {
  return characters * MAX_CODE_POINTS_PER_CHARACTER;
}

/** Positive if the text is too long; NaN if it is not a text. */
function excessOf(value: unknown, max: number): number {
  if (value === undefined || value === null) return -max;
  return typeof value === 'string' ? countCharacters(value) - max : NaN;
}

/**
 * Counts grapheme clusters. Combining marks can make a cluster arbitrarily long, so one that is longer than any writing system needs
 * counts as several.
 */
export function countCharacters(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (let start = 0; start < text.length;) {
    const window = windowAt(text, start);
    const segments = Array.from(GRAPHEMES.segment(window), ({ segment }) => segment);
    // The last segment may continue in the next window.
    if (start + window.length < text.length && segments.length > 1) segments.pop();
    for (const segment of segments) {
      count += Math.ceil(countCodePoints(segment) / MAX_CODE_POINTS_PER_CHARACTER);
      start += segment.length;
    }
  }
  return count;
}

/** A part of the text that does not split a surrogate pair. */
function windowAt(text: string, start: number): string {
  const window = text.slice(start, start + WINDOW_LENGTH);
  return start + window.length < text.length && /[\ud800-\udbff]$/.test(window)
    ? window.slice(0, -1)
    : window;
}

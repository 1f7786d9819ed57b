import { MappedText, TextMapping } from './text-mapping';

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

/**
 * What is the same in all spellings of a text that a program may make of another: capitals or not, composed or decomposed, and the
 * `+` of a form for a blank.
 */
export function fold(text: string): string {
  return ASCII.test(text) ? foldAscii(text) : Array.from(text, foldCharacter).join('');
}

export function foldMapped(source: MappedText): MappedText {
  const { text } = source;
  if (ASCII.test(text)) return { text: foldAscii(text), locate: (span) => source.locate(span) };
  const mapping = new TextMapping(source);
  let index = 0;
  for (const character of text) {
    mapping.copyTo(index);
    mapping.replace(character.length, foldCharacter(character));
    index += character.length;
  }
  return mapping.finish();
}

/** Bytes as Latin-1: of what they stand for only the letters of ASCII are known. */
export function foldBytes(bytes: string): string {
  const folded = foldAscii(bytes);
  return folded.length === bytes.length ? folded : bytes;
}

function foldAscii(text: string): string {
  return text.toLowerCase().replaceAll('+', ' ');
}

/** Of the characters that are not ASCII; a text has few different ones. */
const foldings = new Map<string, string>();
const MOST_FOLDINGS = 5_000;

function foldCharacter(character: string): string {
  if (character < '\x80') return foldAscii(character);
  const known = foldings.get(character);
  if (known !== undefined) return known;
  const folded = character.normalize('NFKD').toUpperCase().toLowerCase();
  if (foldings.size < MOST_FOLDINGS) foldings.set(character, folded);
  return folded;
}

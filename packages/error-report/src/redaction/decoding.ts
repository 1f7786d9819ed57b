import { MappedText, TextMapping } from './text-mapping';

/** In URLs, in JSON and JavaScript, in HTML. */
const ESCAPES =
  /(?:%[\da-f]{2})+|\\(?:u[\da-f]{4}|x[\da-f]{2}|[^])|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi;
/** How many encodings, one within another, are taken off. */
const MOST_ROUNDS = 5;
const CONTROL_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  0: '\0',
};
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** The characters that four bytes take. */
const SHORTEST_BASE64 = 6;
const BASE64_RUN = /[\w+/-]{6,}={0,2}/g;
/** As a number, or as `inspect` shows a buffer. */
const HEX_RUN = /[\da-f]{8,}|[\da-f]{2}(?:[ :][\da-f]{2}){3,}/gi;

/** The text, and what it reads like with one escape after another taken off, such as those of a URL within JSON within a URL. */
export function* unescaped(source: MappedText): Generator<MappedText> {
  let decoded: MappedText | undefined = source;
  for (let round = 0; decoded && round <= MOST_ROUNDS; round++) {
    yield decoded;
    decoded = unescapeOnce(decoded);
  }
}

/** A text as {@link unescaped} ends with it. */
export function fullyUnescaped(text: string): string {
  if (!/[%\\&]/.test(text)) return text;
  let decoded = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = decoded.replace(ESCAPES, (escape) => meaning(escape) ?? escape);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** Bytes as Latin-1, so that each is a character. */
export interface DecodedBytes extends MappedText {
  /** Where the encoded bytes end. */
  readonly end: number;
}

/** The bytes in each part of the text that may be base64 or hexadecimal, wherever in it they begin. */
export function* decodedBytes(source: MappedText): Generator<DecodedBytes> {
  for (const { 0: run, index } of source.text.matchAll(BASE64_RUN)) {
    // Most words have none of these, and base64 of even four bytes always has some, but for one in 10,000.
    if (!/[A-Z\d]/.test(run)) continue;
    for (let offset = 0; offset < 4 && run.length - offset >= SHORTEST_BASE64; offset++) {
      yield base64(source, run, index, offset);
    }
  }
  for (const { 0: run, index } of source.text.matchAll(HEX_RUN)) yield* hexadecimal(source, run, index);
}

/** What was percent-encoded, or the text itself where it was not. */
export function decode(text: string, plusIsSpace = true): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(plusIsSpace ? text.replaceAll('+', ' ') : text);
  } catch {
    return text;
  }
}

/** The text that was written in base64 or base64url, or nothing where that would be no text. */
export function decodeBase64(text: string): string {
  if (!/^[\w+/-]{8,}={0,2}$/.test(text)) return '';
  const decoded = Buffer.from(text, 'base64').toString();
  return /[\p{C}\ufffd]/u.test(decoded) ? '' : decoded;
}

/** How long an escape is, and what it stands for, or undefined where it is none. */
type Piece = readonly [length: number, meaning: string | undefined];

function unescapeOnce(source: MappedText): MappedText | undefined {
  if (!/[%\\&]/.test(source.text)) return undefined;
  const mapping = new TextMapping(source);
  let hasChanged = false;
  for (const { 0: escape, index } of source.text.matchAll(ESCAPES)) {
    const characters: Piece[] = escape.startsWith('%')
      ? percentDecoded(escape)
      : [[escape.length, meaning(escape)]];
    mapping.copyTo(index);
    for (const [length, character] of characters) {
      if (character !== undefined) mapping.replace(length, character);
      hasChanged ||= character !== undefined;
    }
  }
  return hasChanged ? mapping.finish() : undefined;
}

/** What an escape stands for, or undefined where it is none. */
function meaning(escape: string): string | undefined {
  const kind = escape.charAt(0);
  if (kind === '%')
    return percentDecoded(escape)
      .map(([, character]) => character)
      .join('');
  return kind === '\\' ? backslashed(escape.slice(1)) : entity(escape.slice(1, -1));
}

/** The characters, each with the length that it has in percents. */
function percentDecoded(escapes: string): Piece[] {
  const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
  const characters: Piece[] = [];
  for (let index = 0; index < bytes.length;) {
    const length = utf8Length(bytes[index] ?? 0);
    const character = bytes.toString('utf8', index, index + length);
    const isWhole = length === 1 || !character.includes('\ufffd');
    characters.push(isWhole ? [3 * length, character] : [3, '\ufffd']);
    index += isWhole ? length : 1;
  }
  return characters;
}

function utf8Length(byte: number): number {
  if (byte < 0xc0) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

function backslashed(escape: string): string {
  if (/^[ux]./i.test(escape)) return String.fromCharCode(parseInt(escape.slice(1), 16));
  return CONTROL_ESCAPES[escape] ?? escape;
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function base64(source: MappedText, run: string, index: number, offset: number): DecodedBytes {
  const end = index + run.length;
  return {
    text: Buffer.from(run.slice(offset), 'base64').toString('latin1'),
    end,
    locate: ([first, last]) => {
      const start = index + offset + Math.floor((first * 4) / 3);
      const stop = index + offset + Math.ceil((last * 4) / 3);
      return source.locate([start, /^=*$/.test(source.text.slice(stop, end)) ? end : stop]);
    },
  };
}

function* hexadecimal(source: MappedText, run: string, index: number): Generator<DecodedBytes> {
  const end = index + run.length;
  const digits = run.replace(/[ :]/g, '');
  if (digits.length < run.length) {
    const text = Buffer.from(digits, 'hex').toString('latin1');
    yield { text, end, locate: () => source.locate([index, end]) };
    return;
  }
  for (const offset of [0, 1]) {
    const text = Buffer.from(digits.slice(offset), 'hex').toString('latin1');
    const at = (byte: number) => index + offset + 2 * byte;
    yield { text, end, locate: ([first, last]) => source.locate([at(first), at(last)]) };
  }
}

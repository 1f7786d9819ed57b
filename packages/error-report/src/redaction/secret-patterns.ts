import { HIDDEN, Span } from './mask';
import { NAME_LENGTH, isSecretName, isSecretParameter } from './secret-names';
import { decode } from './decoding';

/**
 * What is a secret whatever it is called; of a shape with a group, the group. Each starts only where a run of its
 * characters starts, so that no text makes the search slow.
 */
const SECRET_SHAPES = [
  /-----BEGIN [A-Z\d ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z\d ]{0,30}PRIVATE KEY-----|$)/dg,
  /:\/\/[^\s/?#@:]*:([^\s/?#"<>]*)@/dg,
  /\$argon2\w{0,2}\$[^\s"'<>`]*/dg,
  /\$2[abxy]?\$\d\d\$[./A-Za-z\d]+/dg,
  /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/dg,
  /(?<![\da-f])[\da-f]{64,}/dgi,
  // Cookies signed by Express.
  /(?<!\w)s(?::|%3A)[\w%+/=~.-]{20,}/dgi,
  // Not prose such as "basic knowledge".
  /\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s{1,3}((?=[A-Za-z._~+/-]{0,200}?(?:[\d=]|[a-z][A-Z]))[\w.~+/=-]{4,})/dg,
];

/** Between a name and its value; percent-encoded where a URL stands within another. */
const SEPARATOR = /[=:]|%3[AD]/gi;
const NAME_CHARACTER = /[\p{L}\p{M}\p{N}_.\-%[\]]/u;
/** Space, quotes and brackets that may stand between a name and its separator. */
const AFTER_NAME = new Set(' \t\\"\'`)');
const ERROR_CLASS = /(?:Error|Exception|Warning)$/;
const SOURCE_FILE = /\.(?:[cm]?[jt]sx?|hbs|json|html|css|map|sql)$/i;
/** A placeholder of SQL, or what says that there is no value. */
const NO_SECRET = /(?:\$\d+|\?|@\w+|true|false|null|undefined)(?![^\s,;)\]}])/iy;
/** `util.inspect` puts a long text on the next line. */
const BEFORE_VALUE = /\s{0,80}(?=\\{0,7}["'`])|[ \t]{0,3}/y;
const WHOLE_LINE = /[^\r\n]*/y;
const PLAIN_VALUE = /[^\s&"'<>`]*/y;
const ENCODED_VALUE = /(?:(?!%26|%23)[^\s&"'<>`#])*/y;
const OPENING_QUOTE = /\\{0,7}["'`]/y;

/** Finds what is a secret by its shape, or by the name before it. */
export function* findSecrets(text: string): Generator<Span> {
  yield* findShapes(text);
  yield* findPairs(text);
}

function* findShapes(text: string): Generator<Span> {
  for (const shape of SECRET_SHAPES) {
    for (const { indices } of text.matchAll(shape)) {
      const span = indices?.[1] ?? indices?.[0];
      if (span) yield span;
    }
  }
}

/** Finds the values of `name=value`, `"name":"value"` and `name: value` where the name is a secret one. */
function* findPairs(text: string): Generator<Span> {
  let done = 0;
  for (const { 0: separator, index } of text.matchAll(SEPARATOR)) {
    if (index < done) continue;
    const name = nameBefore(text, index, done);
    done = index + separator.length;
    if (!isPair(text, name, index, separator)) continue;
    const [start, end] = valueSpan(text, name, done, separator);
    if (end <= start) continue;
    done = end;
    yield [start, end];
  }
}

function isPair(text: string, { name, before }: Name, index: number, separator: string): boolean {
  if (!(/[?&]/.test(before) ? isSecretParameter(name) : isSecretName(name))) return false;
  const next = text.charAt(index + separator.length);
  if (separator === '=') return next !== '>' && !(next === '=' && text.charAt(index - 1) === ' ');
  if (separator !== ':') return true;
  // `session.middleware.ts:33:15` and `InvalidTokenError: …` are what a stack is made of.
  const isPlace = /\d/.test(next) && (SOURCE_FILE.test(name) || /[/\\]/.test(before));
  return !isPlace && !ERROR_CLASS.test(name) && !text.startsWith('//', index + 1);
}

interface Name {
  name: string;
  /** The character before it. */
  before: string;
}

/** The name that ends at the separator and does not begin before `from`. */
function nameBefore(text: string, separator: number, from: number): Name {
  let end = separator;
  while (end > from && separator - end < 8 && AFTER_NAME.has(text.charAt(end - 1))) end--;
  let start = end;
  while (start > from && end - start < NAME_LENGTH && NAME_CHARACTER.test(text.charAt(start - 1))) start--;
  const name = text.slice(start, end);
  // Of `%3Fnext%3D%2Flogin%3Ftoken` only the last is the name.
  const last = name.includes('%')
    ? (decode(name)
        .split(/[^\p{L}\p{M}\p{N}_.[\]-]/u)
        .at(-1) ?? '')
    : name;
  return { name: last, before: text.charAt(start - 1) };
}

function valueSpan(text: string, { name }: Name, from: number, separator: string): Span {
  const start = from + matchLength(BEFORE_VALUE, text, from);
  if (matchLength(NO_SECRET, text, start) > 0) return [start, start];
  const quote = matchLength(OPENING_QUOTE, text, start);
  if (quote > 0) return [start + quote, (endOfQuoted(text, start) ?? endOfLine(text, start) + quote) - quote];
  if (/[[{(]/.test(text.charAt(start))) return [start, endOfGroup(text, start)];
  if (separator === ':' && /(?:authorization|cookie)$/i.test(name)) {
    return [start, endOfLine(text, start)];
  }
  const end = start + matchLength(separator.length > 1 ? ENCODED_VALUE : PLAIN_VALUE, text, start);
  const value = text.slice(start, end);
  return [start, value.endsWith(HIDDEN) ? end : start + trimClosing(value)];
}

/** The length without the brackets and commas at the end, which belong to what stands around the pair. */
function trimClosing(value: string): number {
  let { length } = value;
  while (length > 0 && '),;]}'.includes(value.charAt(length - 1))) length--;
  return length;
}

function endOfLine(text: string, start: number): number {
  return start + matchLength(WHOLE_LINE, text, start);
}

/** The index after the closing quote, or undefined where there is none on the line. */
function endOfQuoted(text: string, start: number): number | undefined {
  const { end, isClosed } = scanQuoted(text, start);
  return isClosed ? end : undefined;
}

/** Where the quoted text that opens at `start` ends: after its closing quote, else at the end of the line. */
function scanQuoted(text: string, start: number): { end: number; isClosed: boolean } {
  const opening = matchLength(OPENING_QUOTE, text, start);
  const quote = text.charAt(start + opening - 1);
  let backslashes = 0;
  for (let index = start + opening; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\n') return { end: index, isClosed: false };
    // In JSON within JSON the quotes have one backslash, quotes in the text three.
    const isEscaped = backslashes >= opening && (backslashes - opening + 1) % (2 * opening) !== 0;
    if (character === quote && backslashes >= opening - 1 && !isEscaped) {
      return { end: index + 1, isClosed: true };
    }
    backslashes = character === '\\' ? backslashes + 1 : 0;
  }
  return { end: text.length, isClosed: false };
}

/** The index after the bracket that closes the one at `start`, or the end of the text where none does. */
function endOfGroup(text: string, start: number): number {
  // A quote that nothing closes keeps later ones of its kind open too, up to the end of the line: looking again for each is quadratic.
  const openUntil: Record<string, number> = {};
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text.charAt(index);
    if (/["'`]/.test(character)) {
      if (index < (openUntil[character] ?? 0)) continue;
      const { end, isClosed } = scanQuoted(text, index);
      if (isClosed) index = end - 1;
      else openUntil[character] = end;
    } else if ('[{('.includes(character)) depth++;
    else if (']})'.includes(character) && --depth === 0) return index + 1;
  }
  return text.length;
}

function matchLength(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0].length ?? 0;
}

import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { SerializedError } from './serialize-error';

/** What errors of one kind have in common. */
export interface Fingerprint {
  /** 32 hexadecimal digits. */
  key: string;
  /** One line of at most 120 characters, fit for a subject: `Class: message`, placeholders for what varies. */
  title: string;
}

/** Names stand behind characters for private use, one each, while the variable parts are replaced. */
const FIRST_PRIVATE_CHARACTER = 0xe000;
const TITLE_LENGTH = 120;
const MESSAGE_LENGTH = 2_000;
/** Only the beginning of a long message is compared: its end is often a list or a dump. */
const COMPARED_LENGTH = 300;

/** Also what turns the direction of writing or has no width, which would forge what an admin reads, and characters for private use. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}\p{Co}\u2028\u2029]+/gu;

const NAME = String.raw`(['"\`])[A-Za-z_$#@.][\w$#@./:-]{0,79}\1`;
const BEFORE_NAME =
  'reading|setting|property|field|constraint|column|relation|reference|table|index|sequence|schema|database|function|procedure|' +
  'operator|type|class|enum|module|package|method|argument|parameter|option|named|helper|partial|decorator|near';
const AFTER_NAME =
  'argument|parameter|option|property|column|constraint|helper|of undefined|of null|is not defined|is not a function|' +
  'before initialization|has already been declared|does not provide|violates|does not exist';

/**
 * What a message names of the program or of the schema rather than of the data, as V8, Node, SQLite and PostgreSQL write it: it is what
 * tells one fault from another.
 */
const NAMES = [
  new RegExp(String.raw`(?<=\b(?:${BEFORE_NAME})(?: name)?:? )${NAME}`, 'gi'),
  new RegExp(String.raw`${NAME}(?= (?:${AFTER_NAME}))`, 'gi'),
  /(?<=\bconstraint failed: )[\w.]+(?:, [\w.]+)*/g,
  /(?<=\bno such [a-z]{1,20}: )[\w.]+/gi,
  /(?<![\w$.])[A-Za-z_$][\w$.]{0,79}(?= is not (?:defined|a function|a constructor|iterable))/g,
];

/**
 * What varies between errors of one kind, in this order: a quoted value may hold any of the others, and a number is a
 * part of most of them. A quote begins before a word and ends after one, so that `can't` opens none.
 */
const VARIABLE_PARTS: [RegExp, string | ((part: string) => string)][] = [
  [/(?<=^|[\s(,:=[])".*"(?= is not valid JSON)/g, '"…"'],
  [/(?<![\p{L}\p{N}])'.*?'(?=[.,;:!?)\]}>…]*(?:\s|$))/gu, "'…'"],
  [/(?<![\p{L}\p{N}])".*?"(?=[.,;:!?)\]}>…]*(?:\s|$))/gu, '"…"'],
  [/`[^`]*`/g, '`…`'],
  [/«[^»]*»|»[^«]*«/g, '«…»'],
  [/[“„‟][^“”„‟]*[“”]/g, '“…”'],
  [/[‘‚‛].*?[‘’](?![\p{L}\p{N}])/gu, '‘…’'],
  [/‹[^›]*›|›[^‹]*‹/g, '‹…›'],
  [/「[^」]*」/g, '「…」'],
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/)(?:[^\s/@]*@)?([^\s/?#'"]+)[^\s'"]*/gi, '$1$2/…'],
  [/(?<![\w.+%@-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*/g, 'EMAIL'],
  [/(?<![\w\\])(?:[A-Za-z]:|\\\\[\w.$-]+)[\\/](?:[^\\/:*?"'<>|]*\\)*[^\\/:*?"'<>|\s]*/g, 'PATH'],
  [/(?<![\w/.…])(\/[\w.%~:+-]+)(?:\/[\w.%~@:+-]*)+/g, '$1/…'],
  [/(?<=\/[\w.…%-]*)\?[^\s'"]+/g, '?…'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, 'UUID'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\w{3} \d{1,2}|\d{1,2} \w{3}) \d{4} [\d:]{8}(?: (?:GMT|UTC)(?:[+-]\d{4})?)?(?: \([^)]*\))?/g,
    'DATE',
  ],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d)\b)?)?/g, 'DATE'],
  [/\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g, 'TIME'],
  [/(?<![\w.:])\[?[\da-f:.]{2,45}(?:%\w{1,16})?(?:\](?::\d{1,5})?)?/gi, withoutAddress],
  [/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?!\.?\w)/g, 'IP'],
  [/\b0x[\da-f]+\b/gi, 'HEX'],
  [/(?<![\w-])(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{4,}(?![\w-])/gi, 'HEX'],
  [/(?<![\w-])(?=[\w-]{8})(?=[\w-]*[A-Za-z])(?:[A-Za-z_-]*\d){2}[\w-]*/g, 'ID'],
  [/(?<![\w-])(?=[\w-]{16})(?=[\w-]*[A-Za-z])[A-Za-z_-]*\d[\w-]*/g, 'ID'],
  // Short ids: letters and digits that take turns.
  [/(?<![A-Za-z\d])(?=[A-Za-z\d]*\d[A-Za-z])(?=[A-Za-z\d]*[A-Za-z]\d)[A-Za-z\d]{3,}(?![A-Za-z\d])/g, 'ID'],
  [/\d+(?:[.,]\d+)*/g, 'N'],
  [/(N|UUID|HEX|ID|IP|EMAIL|DATE|'…'|"…")(?:, ?\1)+/g, '$1, …'],
];

/**
 * Tells which kind of error this is: by its class, what in its message does not vary, its nearest function of this
 * project (a line moves with every edit, a function seldom) and the class of its root cause.
 */
export function fingerprint(error: SerializedError): Fingerprint {
  const name = printable(error.name);
  const message = normalise(error.message);
  const frame = error.frames.find(({ isOwn }) => isOwn);
  const place = frame ? [frame.file, frame.function] : [error.frames[0]?.function];
  const [cause] = error.causes;
  // What a logged error says was written by hand; the error that was logged with it tells what happened.
  const root = name === 'LoggedError' && cause ? fingerprint(cause).key : error.causes.at(-1)?.name;
  const parts = [name, message.slice(0, COMPARED_LENGTH), place, root];
  return {
    key: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32),
    title: cut(message ? `${name}: ${message}` : name),
  };
}

function normalise(message: string): string {
  const names: string[] = [];
  const hide = (name: string) => String.fromCharCode(FIRST_PRIVATE_CHARACTER + names.push(name) - 1);
  let text = printable(message.slice(0, MESSAGE_LENGTH));
  for (const pattern of NAMES) text = text.replace(pattern, hide);
  for (const [pattern, placeholder] of VARIABLE_PARTS) {
    text = text.replace(pattern, placeholder as (part: string) => string);
  }
  return text.replace(
    /\p{Co}/gu,
    (character) => names[character.charCodeAt(0) - FIRST_PRIVATE_CHARACTER] ?? '',
  );
}

function withoutAddress(part: string): string {
  const [, address = '', end = ''] = /^\[?(.*?)(?:%\w+)?(?:\](?::\d+)?)?([.:]?)$/.exec(part) ?? [];
  return isIPv6(address) ? `IP${end}` : part;
}

function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
}

function cut(text: string): string {
  if (text.length <= TITLE_LENGTH) return text;
  // Without half a character at the end.
  return `${text.slice(0, TITLE_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

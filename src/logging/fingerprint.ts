import { createHash } from 'node:crypto';
import type { ThrownError } from './thrown';

/** What errors of one kind have in common. */
export interface Fingerprint {
  /** 32 hexadecimal digits. */
  key: string;
  /** One line of at most 120 characters, fit for a subject: `Class: message`, placeholders for what varies. */
  title: string;
}

const TITLE_LENGTH = 120;
const MESSAGE_LENGTH = 2_000;
/** The end of a long message is seldom what tells one kind from another, and often a list or a dump. */
const COMPARED_LENGTH = 300;

/** Also what turns the direction of writing or has no width, which would forge what an admin reads. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/**
 * What varies between errors of one kind, in this order: a quoted value may hold any of the others, and a number is a
 * part of most of them. A quote begins before a word and ends after one, so that `can't` opens none.
 */
const VARIABLE_PARTS: [RegExp, string][] = [
  [/(?<=^|[\s(,:=[])".*"(?= is not valid JSON)/g, '"…"'],
  [/(?<![\p{L}\p{N}])'.*?'(?=[.,;:!?)\]}>…]*(?:\s|$))/gu, "'…'"],
  [/(?<![\p{L}\p{N}])".*?"(?=[.,;:!?)\]}>…]*(?:\s|$))/gu, '"…"'],
  [/`[^`]*`/g, '`…`'],
  [/«[^»]*»/g, '«…»'],
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/)(?:[^\s/@]*@)?([^\s/?#'"]+)[^\s'"]*/gi, '$1$2/…'],
  [/(?<![\w.+%@-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*/g, 'EMAIL'],
  [/(?<![\w/.…])(\/[\w.%~:+-]+)(?:\/[\w.%~@:+-]*)+/g, '$1/…'],
  [/(?<=\/[\w.…%-]*)\?[^\s'"]+/g, '?…'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, 'UUID'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\w{3} \d{1,2}|\d{1,2} \w{3}) \d{4} [\d:]{8}(?: (?:GMT|UTC)(?:[+-]\d{4})?)?(?: \([^)]*\))?/g,
    'DATE',
  ],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d)\b)?)?/g, 'DATE'],
  [/\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g, 'TIME'],
  [/\b0x[\da-f]+\b/gi, 'HEX'],
  [/(?<![\w-])(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{8,}(?![\w-])/gi, 'HEX'],
  [/(?<![\w-])(?=[\w-]{8})(?=[\w-]*[A-Za-z])(?:[A-Za-z_-]*\d){2}[\w-]*/g, 'ID'],
  [/(?<![\w-])(?=[\w-]{16})(?=[\w-]*[A-Za-z])[A-Za-z_-]*\d[\w-]*/g, 'ID'],
  [/\d+(?:[.,]\d+)*/g, 'N'],
  [/(N|UUID|HEX|ID|EMAIL|DATE|'…'|"…")(?:, ?\1)+/g, '$1, …'],
];

/**
 * Tells which kind of error this is: by its class, what in its message does not vary, its nearest function of this
 * project (a line moves with every edit, a function seldom) and the class of its root cause.
 */
export function fingerprint(error: ThrownError): Fingerprint {
  const name = printable(error.name);
  const message = normalise(error.message);
  const frame = error.frames.find(({ isOwn }) => isOwn);
  const place = frame ? [frame.file, frame.function] : [error.frames[0]?.function];
  const parts = [name, message.slice(0, COMPARED_LENGTH), place, error.causes.at(-1)?.name];
  return {
    key: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32),
    title: cut(message ? `${name}: ${message}` : name),
  };
}

function normalise(message: string): string {
  return VARIABLE_PARTS.reduce(
    (text, [pattern, placeholder]) => text.replace(pattern, placeholder),
    printable(message.slice(0, MESSAGE_LENGTH)),
  );
}

function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
}

function cut(text: string): string {
  if (text.length <= TITLE_LENGTH) return text;
  // Without half a character at the end.
  return `${text.slice(0, TITLE_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

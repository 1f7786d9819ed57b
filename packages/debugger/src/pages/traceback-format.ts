import { TracedError, TracedFrame, Traceback } from '../traceback';
import { previewOf } from '../value-inspector';

export const CAUSE = 'The above error was the direct cause of the following:';
export const AWAITING =
  'This function waited in an await when this was thrown, and its variables are gone. ' +
  'To see them, start with --inspect (nest start: --debug), set a breakpoint on this line, and repeat the request.';

/** All but line breaks and tabs, since such text goes to terminals too: colours, cursor moves, reversed reading. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The error in words, as many lines as its message has. */
export function headline({ name, message }: TracedError): string {
  return message ? `${name}: ${message}` : name;
}

/** The error that reached the exception filter. */
export function lastError({ errors }: Traceback): TracedError {
  return errors.at(-1) ?? { name: 'Error', message: '', frames: [] };
}

export function placeOf({ file, line }: TracedFrame): string {
  return line > 0 ? `${file}:${line}` : file;
}

export function wasAwaiting({ isAsync, live }: TracedFrame): boolean {
  return isAsync && !live;
}

/** Says why a frame has no variables; empty where none would be expected. */
export function reasonWithoutLocals(
  frame: TracedFrame,
  localsUnavailableReason = 'Its variables were not kept.',
): string | undefined {
  if (frame.live) return undefined;
  if (wasAwaiting(frame)) return AWAITING;
  return frame.isOwn ? localsUnavailableReason : undefined;
}

/** The details of database and system errors, as lines. */
export function detailLines({ details = {} }: TracedError): string[] {
  return Object.entries(details).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : previewOf(value)}`,
  );
}

export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text whose further lines cannot be taken for lines of what is around it. */
export function indented(text: string, indent = '    '): string {
  return printable(text).replaceAll('\n', `\n${indent}`);
}

export function onOneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}

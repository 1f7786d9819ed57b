import { Logform, format } from 'winston';
import { LogChannel, LogEntry } from './log-entry';

/** Characters that could end a line or control a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
/** What a line is cut to, in characters. */
const LONGEST_LINE = 20_000;
/** What an entry is cut to below its first line: an error may have many causes, each with a message. */
const LONGEST_DETAILS = 60_000;

/** A line that nobody can forge: details are indented, and characters that could begin another line are escaped. */
export function readableLine(entry: LogEntry): string {
  const { timestamp, level, message, context, id, where, details = [] } = entry;
  const head = [timestamp, `${level.toUpperCase()}${id ? ` (${id})` : ''}:`, context && `[${context}]`];
  const tail = where && `[in ${where}]`;
  const first = [...head, oneLine(message), tail].filter(Boolean).join(' ');
  return [first, ...bounded(details.map(oneLine)).map((line) => `    ${line}`)].join('\n');
}

export const readable = format.printf((entry) => readableLine(entry as unknown as LogEntry));

/** One JSON object a line, for programs that collect logs. */
export const jsonLines = format.printf((entry) => {
  const { channel, level, message, timestamp, context, id, where, details } = entry as unknown as LogEntry;
  const lines = details && bounded(details);
  return JSON.stringify({ time: timestamp, channel, level, id, context, message, in: where, details: lines });
});

/** Lets only the entries of a channel through to a transport. */
export function only(channel: LogChannel): Logform.Format {
  return format((entry) => entry.channel === channel && entry)();
}

/** As many lines as there is room for. */
function bounded(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length) > LONGEST_DETAILS);
  return end < 0 ? lines : [...lines.slice(0, end), `… [cut: ${lines.length} lines]`];
}

function oneLine(text: string): string {
  return text
    .slice(0, LONGEST_LINE)
    .replace(CONTROL_CHARACTERS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(0, LONGEST_LINE);
}

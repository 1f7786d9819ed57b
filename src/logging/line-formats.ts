import { Logform, format } from 'winston';
import { LogChannel, LogEntry } from './log-entry';

/** Everything that could end a line or steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
/** What a line is cut to, in characters. */
const LONGEST_LINE = 20_000;

/** A line that nobody can forge: details are indented, and what could begin a line of its own is written out. */
export function readableLine(entry: LogEntry): string {
  const { timestamp, level, message, context, id, where, details = [] } = entry;
  const head = [timestamp, `${level.toUpperCase()}${id ? ` (${id})` : ''}:`, context && `[${context}]`];
  const tail = where && `[in ${where}]`;
  const first = [...head, oneLine(message), tail].filter(Boolean).join(' ');
  return [first, ...details.map((line) => `    ${oneLine(line)}`)].join('\n');
}

export const readable = format.printf((entry) => readableLine(entry as unknown as LogEntry));

/** One JSON object a line, for programs that collect logs. */
export const jsonLines = format.printf((entry) => {
  const { channel, level, message, timestamp, context, id, where, details } = entry as unknown as LogEntry;
  return JSON.stringify({ time: timestamp, channel, level, id, context, message, in: where, details });
});

/** Lets only the entries of a channel through to a transport. */
export function only(channel: LogChannel): Logform.Format {
  return format((entry) => entry.channel === channel && entry)();
}

function oneLine(text: string): string {
  return text
    .slice(0, LONGEST_LINE)
    .replace(
      CONTROL_CHARACTERS,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

import { readFileSync } from 'node:fs';
import { StartError } from './start-error';

/** The file in the working directory that has settings in it. */
export const DOT_ENV = '.env';

const BLANK_OR_COMMENT = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;
const NAME = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*/y;
/** In quotes a value may have several lines, and anything but those quotes. */
const QUOTED = /(["'`])((?:(?!\1)[^])*)\1[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;
const UNQUOTED = /(?!["'`])([^\n]*?)[^\S\n]*(?:(?<=\s)#[^\n]*)?(?:\n|$)/y;

/**
 * The variables in `.env`; none where there is no such file.
 *
 * @throws StartError when it cannot be read
 */
export function readDotEnv(): Record<string, string> {
  try {
    return parseDotEnv(decode(readFileSync(DOT_ENV)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new StartError(`${DOT_ENV} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Reads what the dotenv package reads, and refuses what it, and Node's parseEnv, would quietly lose: a line that is no assignment, quotes
 * that are not closed, and the end of an unquoted value such as `SECRET_KEY=abc#def`.
 *
 * @throws Error naming the line, without what is in it
 */
export function parseDotEnv(text: string): Record<string, string> {
  const source = text.replace(/\r\n?/g, '\n');
  const variables: Record<string, string> = {};
  let position = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(source);
    if (match) position = pattern.lastIndex;
    return match;
  };
  while (position < source.length) {
    if (read(BLANK_OR_COMMENT)) continue;
    const line = source.slice(0, position).split('\n').length;
    const name = read(NAME)?.[1];
    if (name === undefined) throw new Error(`line ${line} is not of the form NAME=value`);
    const quoted = read(QUOTED);
    const unquoted = quoted ? undefined : read(UNQUOTED)?.[1];
    if (!quoted && unquoted === undefined) {
      throw new Error(
        `line ${line}: the quotes around the value of ${name} must be closed, and end the line`,
      );
    }
    if (unquoted?.includes('#')) {
      throw new Error(`line ${line}: the value of ${name} must be in quotes, because it contains a #`);
    }
    variables[name] = quoted ? unescape(quoted[1], quoted[2] ?? '') : (unquoted ?? '');
  }
  return variables;
}

/** Only in double quotes, as in a shell. */
function unescape(quote: string | undefined, value: string): string {
  return quote === '"' ? value.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : value;
}

/** Windows editors and shells write UTF-16 and byte order marks. */
function decode(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`it is not valid ${encoding.toUpperCase()} text`);
  }
  if (text.includes('\0')) throw new Error('it is not text; save it as UTF-8');
  return text;
}

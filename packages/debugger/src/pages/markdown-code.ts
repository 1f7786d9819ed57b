import { onOneLine, printable } from './traceback-format';

/**
 * Text within a line of Markdown, whatever is in it. All that comes from outside stands in code: there it can be neither
 * HTML nor a link, and an issue that it is pasted into mentions nobody.
 */
export function codeSpan(text: string): string {
  const line = onOneLine(text) || '(empty)';
  const quotes = '`'.repeat(longestRunOfBackticks(line) + 1);
  // A space on each side is taken away again, so that a backtick may be the first or the last character.
  return /^`|`$/.test(line) ? `${quotes} ${line} ${quotes}` : quotes + line + quotes;
}

/** Text of many lines in Markdown; nothing in it can end it. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const text = printable(lines.join('\n'));
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

import { relative, sep } from 'node:path';
import { PROJECT_ROOT } from '../config/paths';

/** A template that does not compile. Its stack begins in the template, so that log, mail and debugger show the line that is wrong. */
export class TemplateError extends Error {
  override name = 'TemplateError';

  /** @param file its absolute path @param renderer the function below which no calls are of interest */
  constructor({ reason, line, column }: Fault, file: string, renderer: (...parameters: never[]) => unknown) {
    super(`${reason} (${relative(PROJECT_ROOT, file).replaceAll(sep, '/')}:${line})`);
    Error.captureStackTrace(this, renderer);
    const headline = `${this.name}: ${this.message}`;
    const frames = (this.stack ?? '').slice(headline.length);
    this.stack = `${headline}\n    at <template> (${file}:${line}:${column})${frames}`;
  }
}

interface Fault {
  readonly reason: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What Handlebars throws of a template, as the place that is wrong. */
export function faultIn(source: string, error: Error & { lineNumber?: number; column?: number }): Fault {
  const { message, lineNumber, column } = error;
  if (lineNumber !== undefined && column !== undefined) {
    // Handlebars counts columns from 0, and writes the place at the end of what it says as well.
    return { reason: message.replace(/ - \d+:\d+$/, ''), line: lineNumber, column: column + 1 };
  }
  const [, number, shown = '', pointer = '', expected = ''] =
    /^Parse error on line (\d+):\n(.*)\n(-*)\^\n(.*)$/s.exec(message) ?? [];
  if (number === undefined) return { reason: message, line: 1, column: 1 };
  const unclosed = expected.endsWith("got 'EOF'") ? unclosedBlock(source) : undefined;
  if (unclosed) return unclosed;
  const line = Number(number);
  const next = shown.slice(pointer.length);
  return {
    reason: `Parse error: ${expected}`,
    line,
    column: columnOf(next, source.split('\n')[line - 1] ?? ''),
  };
}

/** Where the rest of what the parser shows begins in the line; it shows a part of that, and something of the lines around it. */
function columnOf(next: string, line: string): number {
  for (let length = next.length; length > 0; length--) {
    const index = line.lastIndexOf(next.slice(0, length));
    if (index >= 0) return index + 1;
  }
  return line.length + 1;
}

const TAG = /\{\{!--[^]*?--\}\}|\{\{![^]*?\}\}|\{\{~?(?<kind>[#^/])(?![~}])[>*]?\s*(?<name>[^\s}~]+)/g;

/** The parser is at the end of the file when it notices; what is wrong stands where the block begins. */
function unclosedBlock(source: string): Fault | undefined {
  const open: { name: string; index: number }[] = [];
  for (const { groups: { kind, name = '' } = {}, index } of source.matchAll(TAG)) {
    if (kind === '/') open.pop();
    else if (kind) open.push({ name, index });
  }
  const last = open.at(-1);
  if (!last) return undefined;
  const before = source.slice(0, last.index).split('\n');
  return {
    reason: `{{#${last.name}}} is never closed`,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

import { stripVTControlCharacters, types } from 'node:util';

/** Why a file does not compile, and where. */
export interface CompileFailure {
  /** As the developer names it, such as `src/posts/post.ts`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The lines around it with a mark below the place, as plain text; empty where the compiler shows none. */
  readonly frame: string;
}

/** What SWC prints of a place: the message, `,-[file:line:column]`, the lines, and an end such as `` `---- ``. */
const REPORT = /^\s*(?:[x×]\s)?(.*?)\n\s*[,╭][-─]+\[(.*):(\d+):(\d+)\]\n(.*?)\n\s*[`╰][-─]{4}/s;
/** What follows the reports: the same again without a place, and the stack of the compiler itself. */
const AFTERWARDS = /^(?:Caused by:|Stack backtrace:)$/m;

/**
 * Reads what SWC throws, which is one text made for a terminal. Of several complaints it takes the first: the others tend to come
 * of it.
 */
export function compileFailure(error: unknown, file: string): CompileFailure {
  const text = stripVTControlCharacters(types.isNativeError(error) ? error.message : String(error));
  const [reports = ''] = text.split(AFTERWARDS);
  const [, message, , line, column, frame] = REPORT.exec(reports) ?? [];
  if (message === undefined || frame === undefined)
    return { file, line: 1, column: 1, message: reports.trim() || text.trim(), frame: '' };
  return {
    file,
    line: Number(line),
    column: markedColumn(frame, Number(line)) ?? Number(column),
    message: message.replace(/\s*\n[\s|│]*/g, ' ').trim(),
    frame,
  };
}

/** SWC counts columns from the beginning of what it shows, mostly, but its mark is below the right one; a tab is shown as four. */
function markedColumn(frame: string, line: number): number | undefined {
  const lines = frame.split('\n');
  const index = lines.findIndex((text) => new RegExp(`^\\s*${line} [|│]`).test(text));
  const mark = /^(\s*[:·] )(\s*)[\^─┬]/.exec(lines[index + 1] ?? '');
  return mark?.[2] === undefined ? undefined : mark[2].length + 1;
}

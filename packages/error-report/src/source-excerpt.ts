import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectRoot } from './project-root';
import { StackFrame } from './stack-frames';

/** One line of source, cut at 200 characters. */
export interface SourceLine {
  /** From 1. */
  line: number;
  text: string;
  /** Whether it is the line of the frame. */
  isCurrent: boolean;
}

const SOURCE = /\.(?:[cm]?tsx?|hbs)$/;
const FILE_SIZE = 1_000_000;
const LINE_LENGTH = 200;
const AROUND = 50;

/**
 * The lines of TypeScript, or of a template, around a frame, or none where the file is not there to be read, as on a server that has only
 * `dist/`. Reads nothing but TypeScript and templates of this project: a stack is text, and who can forge it must not choose a file.
 *
 * @param around lines on each side, 50 at most
 */
export function sourceExcerpt(frame: StackFrame, around = 5): SourceLine[] {
  try {
    const lines = linesOf(frame);
    if (!Number.isInteger(frame.line) || frame.line < 1 || frame.line > lines.length) return [];
    const count = Math.min(Math.max(around, 0), AROUND);
    const first = Math.max(1, frame.line - count);
    return lines.slice(first - 1, frame.line + count).map((text, index) => ({
      line: first + index,
      text: text.slice(0, LINE_LENGTH).trimEnd().toWellFormed(),
      isCurrent: first + index === frame.line,
    }));
  } catch {
    return [];
  }
}

function linesOf({ file, isOwn }: StackFrame): string[] {
  if (!isOwn || !SOURCE.test(file)) return [];
  // A link may lead out of the project, so it is the real path that has to lie in it.
  const path = realpathSync(join(projectRoot(), file));
  const root = realpathSync(projectRoot()) + sep;
  if (!path.startsWith(root) || !SOURCE.test(path) || path.includes(`${sep}node_modules${sep}`)) return [];
  const stats = statSync(path);
  if (!stats.isFile() || stats.size > FILE_SIZE) return [];
  return readFileSync(path, 'utf8').split(/\r?\n/);
}

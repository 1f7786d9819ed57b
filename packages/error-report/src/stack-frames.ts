import { existsSync } from 'node:fs';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './project-root';

/** One call in a stack. */
export interface StackFrame {
  /** Such as `UsersService.create` or `new Form`, without V8's `[as alias]`; `<anonymous>` where it has no name. */
  function: string;
  /**
   * With forward slashes: relative to the project for its own files, from `node_modules/` on for libraries, `node:…`
   * for Node. Code from `eval` stands where `eval` was called.
   */
  file: string;
  /** From 1; 0 where V8 knows none, as for built-in functions. */
  line: number;
  /** From 1; 0 where V8 knows none. */
  column: number;
  /** Whether it is code of this project rather than of a library or of Node. */
  isOwn: boolean;
  /** Whether it had been left in an `await` when the error was thrown. */
  isAsync: boolean;
}

const FRAME_COUNT = 100;
/** How much of a stack is looked at below the message, in characters; far more than 100 frames take. */
const FRAMES_LENGTH = 100_000;
/** How much of the message is looked for in the stack; comparing all of one of 50 MB takes longer than everything else. */
const COMPARED_LENGTH = 1_000;
const LINE_LENGTH = 4096;
const FRAME_LINE = /^ +at /;
/** Between the name of the function and its place. Either may hold parentheses, so it is known by what comes after. */
const OPENING = / \((?=[\\/]|[A-Za-z]:[\\/]|[a-z]+:|eval at |<anonymous>|native|index \d|unknown)/;
const NO_PLACE = /^(<anonymous>|native|unknown location|index \d+)$/;

/**
 * The frames of a V8 stack, the innermost first, 100 at most; lines that are none are left out.
 *
 * @param message of the error, so that lines in it which look like frames are not taken for some
 */
export function parseStack(stack: string, message = ''): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const frame of framesOf(belowMessage(stack, message))) {
    if (frames.push(frame) === FRAME_COUNT) break;
  }
  return frames;
}

/** Call sites and the frames that they were mapped to; a program logs in a limited number of places. */
const callers = new Map<string, StackFrame | undefined>();
const MOST_CALLERS = 1_000;

/**
 * The nearest frame of the project that called, past those whose `file` matches, or undefined where there is none near.
 * Looks at 12 frames, and maps those of a place to the source once only: on every log line that costs more than the line.
 */
export function callerFrame(skipFiles: RegExp): StackFrame | undefined {
  const place = `${skipFiles.source}\n${callersStack(unmapped)}`;
  if (callers.has(place)) return callers.get(place);
  const frames = [...framesOf(callersStack())];
  const caller = frames.find(({ isOwn, file }) => isOwn && file.search(skipFiles) < 0);
  if (callers.size < MOST_CALLERS) callers.set(place, caller);
  return caller;
}

/* eslint-disable @typescript-eslint/unbound-method -- V8 calls it without a `this` */
/** The stack above {@link callerFrame}, as V8 writes it or as `format` does. */
function callersStack(format = Error.prepareStackTrace): string {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 12;
    Error.prepareStackTrace = format;
    Error.captureStackTrace(holder, callerFrame);
    // V8 formats the stack when it is first read, and whatever formats it may throw.
    return typeof holder.stack === 'string' ? holder.stack : '';
  } catch {
    return '';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/* eslint-enable @typescript-eslint/unbound-method */

function unmapped(_error: Error, sites: NodeJS.CallSite[]): string {
  return sites
    .map((site) => `${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}`)
    .join('\n');
}

/** The part of the stack that the frames are in. */
function belowMessage(stack: string, message: string): string {
  if (!message) return stack.slice(0, FRAMES_LENGTH);
  // What V8 writes before the message is `Name: ` or `Name [CODE]: `, or nothing.
  const firstLine = stack.slice(0, 300).split('\n', 1)[0] ?? '';
  const starts = [0, ...[...firstLine.matchAll(/: /g)].map(({ index }) => index + 2)];
  const beginning = message.slice(0, COMPARED_LENGTH);
  const ends = starts
    .filter((index) => stack.startsWith(beginning, index))
    .map((index) => index + message.length);
  const end = ends.find((index) => index >= stack.length || stack.charAt(index) === '\n');
  return end === undefined ? lastFrames(stack) : stack.slice(end, end + FRAMES_LENGTH);
}

/** The message was changed after V8 had written the stack: only the last run of frames is surely none of its lines. */
function lastFrames(stack: string): string {
  const lines = stack.slice(-FRAMES_LENGTH).split('\n');
  const end = lines.findLastIndex((line) => FRAME_LINE.test(line));
  const before = lines.findLastIndex((line, index) => index < end && !FRAME_LINE.test(line));
  return lines.slice(before + 1, end + 1).join('\n');
}

function* framesOf(stack: string): Generator<StackFrame> {
  let start = 0;
  while (start < stack.length) {
    const next = stack.indexOf('\n', start);
    const end = next < 0 ? stack.length : next;
    const frame = end - start > LINE_LENGTH ? undefined : parseLine(stack.slice(start, end));
    if (frame) yield frame;
    start = end + 1;
  }
}

function parseLine(line: string): StackFrame | undefined {
  const [, async, call] = /^ +at (async (?!\())?(\S.*)$/.exec(line.trimEnd()) ?? [];
  if (!call) return undefined;
  const opening = call.endsWith(')') ? call.search(OPENING) : -1;
  const name = opening < 0 ? '' : call.slice(0, opening);
  const place = parsePlace(opening < 0 ? call : call.slice(opening + 2, -1));
  if (!place) return undefined;
  return {
    // Handlebars numbers its functions.
    function: place.file.endsWith('.hbs') ? '<template>' : withoutAlias(name) || '<anonymous>',
    ...place,
    isAsync: async !== undefined,
  };
}

function withoutAlias(name: string): string {
  return name.endsWith(']') && name.includes(' [as ') ? name.slice(0, name.lastIndexOf(' [as ')) : name;
}

function parsePlace(text: string): Omit<StackFrame, 'function' | 'isAsync'> | undefined {
  const place = evalOrigin(text);
  const [, path, line, column] = /^(.+):(\d+):(\d+)$/.exec(place) ?? [];
  if (path) return { ...parsePath(path), line: Number(line), column: Number(column) };
  return NO_PLACE.test(place) ? { file: '<anonymous>', isOwn: false, line: 0, column: 0 } : undefined;
}

/** Turns `eval at inner (eval at outer (/a.js:5:6), <anonymous>:1:2), <anonymous>:3:4` into `/a.js:5:6`. */
function evalOrigin(place: string): string {
  if (!place.startsWith('eval at ')) return place;
  const innermost = place.slice(place.lastIndexOf('eval at '));
  const start = innermost.search(OPENING);
  const end = innermost.indexOf('), ', start);
  return start < 0 || end < 0 ? place : innermost.slice(start + 2, end);
}

function parsePath(location: string): Pick<StackFrame, 'file' | 'isOwn'> {
  const path = normalPath(location);
  const root = projectRoot();
  const isInProject = path.startsWith(root + sep);
  const file = (isInProject ? path.slice(root.length + 1) : path).replaceAll('\\', '/');
  const library = /(?:^|\/)(node_modules\/.*)/.exec(file)?.[1];
  return { file: library ?? file, isOwn: isInProject && library === undefined && isOwnFile(file) };
}

const MAX_KNOWN_FILES = 5_000;
/** By absolute path. */
const knownFiles = new Map<string, boolean>();

/**
 * Source maps of libraries can point anywhere: those of TypeORM name files in the `src/` of whoever installs it. The project's own files
 * exist, at least as what they were compiled to.
 */
function isOwnFile(file: string): boolean {
  const path = join(projectRoot(), file);
  const known = knownFiles.get(path);
  if (known !== undefined) return known;
  const compiled = file.replace(/\.[cm]?tsx?$/, '.js');
  const candidates = [file, `dist/${compiled}`, `dist/${compiled.replace(/^src\//, '')}`];
  const exists = candidates.some((candidate) => existsSync(join(projectRoot(), candidate)));
  // A forged stack can name any number of files.
  if (knownFiles.size < MAX_KNOWN_FILES) knownFiles.set(path, exists);
  return exists;
}

function normalPath(location: string): string {
  try {
    const path = location.startsWith('file:') ? fileURLToPath(location) : location;
    return isAbsolute(path) ? normalize(path) : path;
  } catch {
    return location;
  }
}

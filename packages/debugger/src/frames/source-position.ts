import { SourceMap, findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in a file of source, TypeScript where a source map leads there. */
export interface SourcePosition {
  /** The absolute path. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/**
 * Where a place of compiled code comes from.
 *
 * @param line from 0, as V8 counts
 * @param column from 0
 */
export function sourcePosition(url: string, line: number, column: number): SourcePosition {
  const path = pathOf(url);
  const entry = mapOf(path)?.findEntry(line, column);
  if (!entry || !('originalSource' in entry)) return { path, line: line + 1, column: column + 1 };
  return {
    path: pathOf(entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** Cached, because Node reads the map again for each call. */
const maps = new Map<string, SourceMap | undefined>();

function mapOf(path: string): SourceMap | undefined {
  if (!maps.has(path)) maps.set(path, findSourceMap(path));
  return maps.get(path);
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

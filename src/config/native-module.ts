import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** In a path such as `…/node_modules/better-sqlite3/build/Release/better_sqlite3.node`. */
const PACKAGE = /^(.*node_modules[\\/])((?:@[^\\/\s]+[\\/])?[^\\/\s]+)[\\/]/m;

/**
 * Whether an error is that a package, or its binary part, cannot be loaded; says which, and the command that helps. Packages with a
 * `binding.gyp` are compiled for one version of Node, others bring a binary for each platform.
 */
export function loadingProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message, stack = '' } = error as NodeJS.ErrnoException;
  const [, missing] = /^Cannot find (?:module|package) '([^./'][^']*)'/.exec(message) ?? [];
  if (missing) return `${missing} is not installed; run: npm ci`;
  if (code !== 'ERR_DLOPEN_FAILED' && !/native binding|bindings file/.test(message)) return undefined;
  const [, directory, name] =
    PACKAGE.exec(fileIn(message)) ?? PACKAGE.exec(stack.replace(/^.*?\(/gm, '')) ?? [];
  if (!directory || !name) return undefined;
  const isCompiled = existsSync(join(directory, name, 'binding.gyp'));
  const command = isCompiled ? `npm rebuild ${name}` : 'npm ci';
  return `${name} does not load in Node ${process.version} on ${process.platform} ${process.arch}; run: ${command}`;
}

/** The first path to a binary in a message, which may list several. */
function fileIn(message: string): string {
  return /(?:[A-Za-z]:)?[\\/][^'"\n]*\.node\b/.exec(message)?.[0] ?? '';
}

import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The application holds what people have entrusted to it: other users of the machine have no business in its files. */
export const PRIVATE_UMASK = 0o077;
export const PRIVATE_FILE_MODE = 0o600;
const PRIVATE_DIRECTORY_MODE = 0o700;

/**
 * Makes a directory, and those above it that are missing, for the owner alone. One that is there stays as it is.
 *
 * `mkdirSync(…, { recursive: true })` of Node 20 never returns where a directory takes no entries, as below `/proc`.
 *
 * @throws Error when it cannot be made, or when something else has its name
 */
export function makePrivateDirectory(path: string): void {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { mode: PRIVATE_DIRECTORY_MODE });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(directory) !== directory) {
      makePrivateDirectory(dirname(directory));
      mkdirUnlessThere(directory);
    } else if (code !== 'EEXIST') throw error;
    else if (!isDirectory(directory)) throw new Error(`${directory} is not a directory`, { cause: error });
  }
}

/** Makes an empty file for the owner alone, unless there is one. Opens nothing that is there: see SqliteFile. */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'ax', PRIVATE_FILE_MODE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Takes away what a file or directory allows to others than its owner. Does nothing where there is none, and leaves devices alone.
 *
 * @throws Error when its mode may not be changed
 */
export function makePrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || !(found.isFile() || found.isDirectory()) || isPrivate(found.mode)) return;
  try {
    chmodSync(path, found.mode & 0o700);
  } catch (error) {
    throw new Error(`others than its owner may use ${path}: ${(error as Error).message}`, { cause: error });
  }
}

export function isPrivate(mode: number): boolean {
  // Windows has no such modes, and reports that everybody may do everything.
  return process.platform === 'win32' || (mode & 0o077) === 0;
}

function mkdirUnlessThere(directory: string): void {
  try {
    mkdirSync(directory, { mode: PRIVATE_DIRECTORY_MODE });
  } catch (error) {
    // Another process may have been faster.
    if (!isDirectory(directory)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { PRIVATE_FILE_MODE, makePrivate } from '@microblog/private-files';
import { StartError } from './start-error';

/**
 * The key kept in `file`, which is made when absent. Several processes that start at once agree on one key: each
 * writes a whole file under a name of its own, and `link` lets exactly one of them become the key file.
 *
 * @throws StartError when the file can be neither read nor made
 */
export function loadOrCreateSecretKey(file: string): string {
  const draft = `${file}.${process.pid}`;
  try {
    return read(file) ?? make(file, draft);
  } catch (error) {
    throw new StartError(`SECRET_KEY is not set and ${file} cannot be used: ${(error as Error).message}`);
  }
}

function read(file: string): string | undefined {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (!key) throw new Error('it is empty; remove it to have a new key made');
    makePrivate(file);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function make(file: string, draft: string): string {
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: PRIVATE_FILE_MODE });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

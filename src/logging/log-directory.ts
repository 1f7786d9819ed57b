import { closeSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Environment } from '../config/environment';
import { MAIL_SPOOL } from '../config/paths';
import { StartError } from '../config/start-error';
import { isPrivate, makePrivate, makePrivateDirectory, makePrivateFile } from '@microblog/private-files';
import { LOG_FILES } from './winston-options';

/**
 * Makes the directory of the log files, and tries whether they can be written.
 *
 * @throws StartError with one line that says why not
 */
export function prepareLogDirectory({ LOG_DIR, LOG_TO_STDOUT }: Environment): void {
  if (LOG_TO_STDOUT) return;
  const trial = join(LOG_DIR, `.trial.${process.pid}`);
  try {
    makePrivateDirectory(LOG_DIR);
    makePrivateFile(trial);
    rmSync(trial);
    for (const name of LOG_FILES) openUnlessMissing(join(LOG_DIR, name));
  } catch (error) {
    throw new StartError(`LOG_DIR: ${LOG_DIR} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Takes away other users' permissions on log files, rotated ones and spooled mails that exist already, and on the directory unless it holds
 * other files.
 *
 * @returns what could not be changed, a sentence each
 */
export function keepLogsPrivate({ LOG_DIR }: Environment): string[] {
  const directory = resolve(LOG_DIR);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(directory);
  const own = names.filter((name) => name === MAIL_SPOOL || LOG_FILES.some((file) => name.startsWith(file)));
  const spooled = own.includes(MAIL_SPOOL) ? readdirSync(join(directory, MAIL_SPOOL)) : [];
  const problems = [...own, ...spooled.map((name) => join(MAIL_SPOOL, name))].flatMap((name) =>
    problemWith(join(directory, name)),
  );
  if (own.length === names.length) return [...problems, ...problemWith(directory)];
  return isPrivate(statSync(directory).mode)
    ? problems
    : [...problems, `others than its owner may use ${directory}, which does not hold log files alone`];
}

function openUnlessMissing(file: string): void {
  try {
    closeSync(openSync(file, 'r+'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function problemWith(path: string): string[] {
  try {
    makePrivate(path);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

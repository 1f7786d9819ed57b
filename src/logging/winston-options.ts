import { LoggerOptions, transports } from 'winston';
import { Environment } from '../config/environment';
import { jsonLines, only, readable } from './line-formats';
import { LogChannel } from './log-entry';
import { RotatingFile } from '@microblog/rotating-file';

/** Each file has a size limit of its own. */
const FILES: Record<LogChannel, string> = {
  application: 'microblog.log',
  'client-errors': 'client-errors.log',
  security: 'security.log',
};

/** The names of the log files in their directory; those that were rotated begin alike. */
export const LOG_FILES = Object.values(FILES);

/** Where log lines go: the console and the log files, or JSON to standard output instead of both. */
export function winstonOptions(environment: Environment, console: NodeJS.WritableStream): LoggerOptions {
  const shared = {
    // npm's levels have no `fatal`; without it nest-winston drops what Nest logs as such.
    levels: { fatal: 0, error: 1, warn: 2, info: 3, debug: 4, verbose: 5, silly: 6 },
    level: 'info',
    exitOnError: false,
  };
  const { LOG_DIR: directory, LOG_MAX_BYTES: maxBytes, LOG_BACKUP_COUNT: backupCount } = environment;
  if (environment.LOG_TO_STDOUT) {
    return { ...shared, format: jsonLines, transports: [new transports.Stream({ stream: console })] };
  }
  return {
    ...shared,
    format: readable,
    transports: [
      new transports.Stream({ stream: console }),
      ...Object.entries(FILES).map(
        ([channel, name]) =>
          new RotatingFile({
            directory,
            name,
            maxBytes,
            backupCount,
            format: only(channel as LogChannel),
            mayWait: ({ level }) => level !== 'fatal' && level !== 'error',
          }),
      ),
    ],
  };
}

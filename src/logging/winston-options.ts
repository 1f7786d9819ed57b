import { LoggerOptions, transports } from 'winston';
import { Environment } from '../config/environment';
import { jsonLines, readable } from './line-formats';
import { RotatingFile } from './rotating-file';

/** Where log lines go: the console and the log file, or JSON to standard output instead of both. */
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
      new RotatingFile({ directory, maxBytes, backupCount }),
    ],
  };
}

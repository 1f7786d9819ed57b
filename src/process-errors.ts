import { OutboxWorker } from './mail/outbox-worker';
import { LoggingService } from './logging/logging.service';
import { within } from './timing/within';

/** How long the process may take to report its end. */
const REPORT_TIMEOUT_MS = 2_000;

/**
 * Reports what nobody caught in the same way as all other errors. After an uncaught exception nothing in the process can be relied
 * on: it ends with 1, once the report is out or two seconds are over.
 */
export function reportProcessErrors(logging: LoggingService, outboxWorker: OutboxWorker): void {
  // An error of the console, such as a full disk, must not be reported on the console itself.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let isEnding = false;
  process.on('unhandledRejection', (reason) => void logging.report(reason, 'error', 'UnhandledRejection'));
  process.on('uncaughtException', (error) => {
    if (isEnding) process.exit(1);
    isEnding = true;
    const told = logging
      .report(error, 'fatal', 'UncaughtException')
      .then(() => logging.flush())
      .then(() => outboxWorker.flush());
    void within(REPORT_TIMEOUT_MS, told, { ref: true }).finally(() => process.exit(1));
  });
}

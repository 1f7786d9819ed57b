import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import { createLogger } from 'winston';
import { Environment } from '../config/environment';
import { hasTerminal } from '../config/terminal';
import { prepareLogDirectory } from '../logging/log-directory';
import { LogEntry } from '../logging/log-entry';
import { winstonOptions } from '../logging/winston-options';
import { WorkerPool } from './worker-pool';

/**
 * Serves with several processes on one port until a signal, which it passes on to them. This process loads neither the framework nor the
 * database, and so survives what may kill a worker.
 */
export async function servePool(environment: Environment): Promise<void> {
  prepareLogDirectory(environment);
  const log = logTo(environment);
  // Counts what the workers limit, all together.
  new RateLimiterClusterMaster();
  const pool = new WorkerPool({ size: environment.workers, log });
  handleSignals(pool, log);
  process.on('unhandledRejection', (reason) => log('error', `The parent of the workers: ${String(reason)}`));
  let address: string;
  try {
    address = await pool.start();
  } catch {
    // The worker has said why.
    pool.kill();
    process.exit(1);
  }
  log('info', `Ready at ${address} with ${environment.workers} workers`);
}

function handleSignals(pool: WorkerPool, log: (level: 'info', message: string) => void): void {
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) {
      pool.kill();
      process.exit(1);
    }
    isStopping = true;
    log('info', `Stopping on ${signal}`);
    await pool.stop(signal);
    log('info', 'Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
  process.on('SIGHUP', () => void (hasTerminal() ? stop('SIGHUP') : pool.reload()));
}

/** Writes where the application writes, in the same form. */
function logTo(environment: Environment): (level: 'info' | 'error', message: string) => void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const logger = createLogger(winstonOptions(environment, process.stdout));
  return (level, message) => {
    const entry: LogEntry = {
      channel: 'application',
      level,
      message,
      timestamp: new Date().toISOString(),
      context: 'Microblog',
    };
    logger.log(entry);
  };
}

import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import type { Server } from 'node:http';

/** How long running requests may go on after the signal, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Ends the process well on SIGTERM and SIGINT: no new connection or request is taken, running ones finish within ten seconds,
 * then everything is closed and the process ends with 0. A second signal ends it at once.
 */
export function stopGracefully(app: INestApplication<Server>): void {
  const logger = new Logger('Microblog');
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`Stopping on ${signal}`);
    const server = app.getHttpServer();
    const deadline = setTimeout(() => server.closeAllConnections(), PATIENCE);
    await app.close();
    clearTimeout(deadline);
    logger.log('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
}

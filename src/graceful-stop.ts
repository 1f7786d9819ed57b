import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import type { Server, ServerResponse } from 'node:http';

/** How long running requests may go on after the signal, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Ends the process well on SIGTERM and SIGINT: no new request is taken, running ones finish within ten seconds, then everything else
 * is closed, which Nest alone would do while they still run, and the process ends with 0. A second signal ends it at once.
 */
export function stopGracefully(app: INestApplication<Server>): void {
  const logger = new Logger('Microblog');
  const drain = drainer(app.getHttpServer());
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`Stopping on ${signal}`);
    await drain();
    await app.close();
    logger.log('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
}

/** What closes a server once its running requests are answered, or the patience is at its end. */
function drainer(server: Server): () => Promise<void> {
  const running = new Set<ServerResponse>();
  server.prependListener('request', (_request, response: ServerResponse) => {
    running.add(response);
    response.once('close', () => running.delete(response));
  });
  return async () => {
    const deadline = setTimeout(() => server.closeAllConnections(), PATIENCE);
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection that is kept alive would bring the next request.
    for (const response of running) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    await closed;
    clearTimeout(deadline);
  };
}

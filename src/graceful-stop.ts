import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hasTerminal } from './config/terminal';
import { isWorker } from './config/worker';
import { StopMessage, isMessage } from './workers/messages';

/** How long running requests may go on after the signal. */
const DRAIN_TIMEOUT_MS = 10_000;

/**
 * Ends the process well on SIGTERM and SIGINT: no new request is taken, running ones finish within ten seconds, then everything else
 * is closed, which Nest alone would do while they still run, and the process ends with 0. A second signal ends it at once. So does
 * SIGHUP where the process belongs to a terminal, which has gone then; elsewhere it stands for `onHangup`.
 *
 * A worker is told by its parent as well, which also sees to the second signal: a terminal, and some supervisors, signal both.
 */
export function stopGracefully(app: INestApplication<Server>, onHangup: () => void): void {
  const logger = new Logger('Microblog');
  const drain = drainer(app.getHttpServer());
  let isStopping = false;
  const stop = async (reason: string, isReplaced = false): Promise<void> => {
    if (isStopping && isWorker) return;
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`Stopping on ${reason}`);
    await drain({ isPatient: isReplaced });
    await app.close();
    logger.log('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
  if (isWorker) {
    process.on('SIGHUP', onHangup);
    process.on('message', (message) => {
      if (isMessage<StopMessage>(message, 'stop')) void stop(message.reason, message.isReplaced);
    });
    return;
  }
  process.on('SIGHUP', () => (hasTerminal() ? void stop('SIGHUP') : onHangup()));
}

/**
 * What closes a server: connections without a running request at once, the others with their responses or at the deadline. A patient one
 * closes each with its next response, or when it has been idle for as long as its client was told: a client that just then sends its next
 * request would find the connection gone.
 */
function drainer(server: Server): (how: { readonly isPatient: boolean }) => Promise<void> {
  const running = new Map<Socket, Set<ServerResponse>>();
  let isClosing = false;
  let isDraining = false;
  const endIfIdle = (socket: Socket): void => {
    if (isDraining && !running.get(socket)?.size) socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    running.set(socket, new Set());
    socket.once('close', () => running.delete(socket));
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    running.get(socket)?.add(response);
    if (isClosing) response.setHeader('Connection', 'close');
    response.once('close', () => {
      running.get(socket)?.delete(response);
      endIfIdle(socket);
    });
  });
  return async ({ isPatient }) => {
    isClosing = true;
    const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
    const closed = new Promise<unknown>((resolve) => {
      // An HTTP server would close idle connections at once.
      if (isPatient) NetServer.prototype.close.call(server, resolve);
      else server.close(resolve);
    });
    for (const response of [...running.values()].flatMap((responses) => [...responses])) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    // A request that has arrived already, but has not been read, is running too.
    await nextTurn();
    await nextTurn();
    if (!isPatient) {
      isDraining = true;
      for (const socket of running.keys()) endIfIdle(socket);
    }
    await closed;
    clearTimeout(deadline);
  };
}

import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long the head of a request may take to arrive. */
const HEAD_TIMEOUT_MS = 15_000;
/** How long a whole request may take to arrive: 100 kB, which is the most that is read, at 13 kbit/s. */
const REQUEST_TIMEOUT_MS = 60_000;
/** How long a connection may be inactive while a response is due or is not being read. */
const STALLED_TIMEOUT_MS = 5 * 60_000;
/** Requests of one connection that may be under way at once. Browsers and proxies wait for each response before they send the next request. */
const MAX_PIPELINED = 8;

/** Limits what a connection may cost. Node checks every 30 seconds, and answers requests that arrive too slowly with 408. */
export function limitConnections(server: Server): void {
  server.headersTimeout = HEAD_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.timeout = STALLED_TIMEOUT_MS;
  limitPipelining(server);
}

/**
 * Ends a connection whose client sends many requests without waiting for the responses: all that were read at once would be handled at
 * once. The last one that is handled gets `Connection: close`, as RFC 9112, section 9.6, has it; those after it were not handled, and a
 * client may send them again. Stands before Express, which alone would take seconds for some ten thousand requests.
 */
function limitPipelining(server: Server): void {
  const underWay = new WeakMap<Socket, number>();
  const mayBegin = (socket: Socket, response: ServerResponse): boolean => {
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    if (count === MAX_PIPELINED) {
      response.shouldKeepAlive = false;
      discardInput(socket);
    } else response.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    return count <= MAX_PIPELINED;
  };
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!mayBegin(request.socket, response)) return;
    for (const listen of listeners) listen.call(server, request, response);
  });
}

/** Parses no more of what comes in. Were it left unread, the end of the connection would reset it, and responses with it. */
function discardInput(socket: Socket): void {
  const parsers = socket.listeners('data') as (() => void)[];
  socket.on('data', () => undefined);
  for (const parse of parsers) socket.off('data', parse);
}

import { BadRequestException, HttpException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { IncomingMessage, STATUS_CODES, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { LoggingService } from '../logging/logging.service';
import { titleFor } from './public-error';
import { httpProblem } from './http-problem';
import { lastResortPage } from './last-resort-page';

/** What Node finds wrong with a request, and the status that says so; anything else is a 400. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** How long a connection is still read after its answer. Closing it at once could discard the answer. */
const LINGER_MS = 1_000;

/**
 * Answers in the place of Node what never becomes a request of the application, such as headers that are too large: with a page,
 * where Node would send a status line alone, or only close the connection.
 */
export function answerForNode(server: Server, logging: LoggingService): void {
  const answered = new WeakSet<Duplex>();
  const responses = new WeakMap<Duplex, Set<ServerResponse>>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const running = responses.get(socket) ?? new Set();
    responses.set(socket, running.add(response));
    response.once('close', () => running.delete(response));
  });

  const answer = (socket: Duplex, status: number, reason: string): void => {
    if (answered.has(socket)) return;
    // A second answer would be taken for a part of the one that is being sent.
    const isAnswering = [...(responses.get(socket) ?? [])].some(({ headersSent }) => headersSent);
    if (!socket.writable || isAnswering) {
      socket.destroy();
      return;
    }
    answered.add(socket);
    logging.clientError(`${status} ${reason}`, 'Server');
    socket
      .on('error', () => socket.destroy())
      .resume()
      .end(rawPage(status));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };

  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
    if (code === 'ECONNRESET') socket.destroy();
    else answer(socket, STATUSES[code] ?? 400, `A request that cannot be read: ${code}`);
  });
  server.on('connect', (_request, socket) => answer(socket, 501, 'CONNECT, and this is no proxy'));
  // Node would answer these two without a page. refuseUnusableRequests sends one.
  server.on('checkExpectation', (...request) => server.emit('request', ...request));
  Object.assign(server, { requireHostHeader: false });
}

/** Middleware that refuses requests whose expectations cannot be met. */
export function refuseUnusableRequests(request: Request, response: Response, next: NextFunction): void {
  const { expect, host } = request.headers;
  const isWithoutHost = host === undefined && request.httpVersion === '1.1';
  const isExpecting = expect !== undefined && expect.toLowerCase() !== '100-continue';
  if (!isWithoutHost && !isExpecting) {
    next();
    return;
  }
  // It is not known whether a body follows.
  response.set('Connection', 'close');
  next(isWithoutHost ? new BadRequestException() : new HttpException('', 417));
}

function rawPage(status: number): string {
  const facts = httpProblem(new HttpException(STATUS_CODES[status] ?? '', status));
  const page = lastResortPage({
    ...facts,
    headline: titleFor(facts),
    isNotified: false,
    nothingSaved: false,
  });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(page)}`,
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    page,
  ].join('\r\n');
}

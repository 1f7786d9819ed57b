import { UnsupportedMediaTypeException } from '@nestjs/common';
import { ErrorRequestHandler, RequestHandler, Router, json, urlencoded } from 'express';
import type { IncomingMessage } from 'node:http';
import { isMultipart } from './uploads/is-multipart';

/** The largest body that is taken. */
export const MOST_BODY_BYTES = 100 * 1024;
/** A browser's form is read up to here, so that what was typed can be given back. More gets 413 unread, and so does larger JSON. */
export const MOST_READ_BYTES = 1024 * 1024;

const BODY_BYTES = new WeakMap<IncomingMessage, number>();

/** How large the body of a browser's form was; 0 where none was read. */
export function bodyBytes(request: IncomingMessage): number {
  return BODY_BYTES.get(request) ?? 0;
}

export interface BodyParserOptions {
  /** A form with files is left to MultipartGuard, which has to be among the global guards. It gets 415 as well unless this is set. */
  readonly leaveMultipart?: boolean;
}

/** Reads a body as a browser's form or as JSON; one of another type gets 415. */
export function bodyParsers({ leaveMultipart = false }: BodyParserOptions = {}): RequestHandler {
  const form = urlencoded({
    extended: false,
    limit: MOST_READ_BYTES,
    verify: (request, _response, body) => BODY_BYTES.set(request, body.length),
  });
  const parsers = Router().use(form, json({ limit: MOST_BODY_BYTES }), refuseOtherBodies);
  return (request, response, next) => {
    const isRead = hasBody(request) && !(leaveMultipart && isMultipart(request));
    if (isRead) parsers(request, response, next);
    else next();
  };
}

/** As HTTP tells it; a parser would need 20 µs to find that out. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

/** Reads the body after something before has failed, such as the session: what was typed is given back with the error. */
export function readBodyAllTheSame(): ErrorRequestHandler {
  const read = bodyParsers({ leaveMultipart: true });
  return (error: unknown, request, response, next) => {
    if (request.body === undefined && !request.complete) void read(request, response, () => next(error));
    else next(error);
  };
}

const refuseOtherBodies: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('Content-Length') === '0';
  const isOther = !isEmpty && request.is(['urlencoded', 'json']) === false;
  next(isOther ? new UnsupportedMediaTypeException() : undefined);
};

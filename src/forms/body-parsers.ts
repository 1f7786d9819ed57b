import { UnsupportedMediaTypeException } from '@nestjs/common';
import { RequestHandler, json, urlencoded } from 'express';

const LIMIT = '100kb';

/** Middleware that reads a body as a browser's form or as JSON; a larger one gets 413, one of another type 415. */
export function bodyParsers(): RequestHandler[] {
  return [urlencoded({ extended: false, limit: LIMIT }), json({ limit: LIMIT }), refuseOtherBodies];
}

const refuseOtherBodies: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('Content-Length') === '0';
  const isOther = !isEmpty && request.is(['urlencoded', 'json']) === false;
  next(isOther ? new UnsupportedMediaTypeException() : undefined);
};

import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { OverloadedError } from '../auth/overloaded.error';
import { isDatabaseBusy } from '@microblog/unit-of-work';

/** What an error means to the client. */
export interface HttpProblem {
  readonly status: number;
  /** The name of the status. */
  readonly title: string;
  /** A sentence that may be shown. */
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether something is broken that somebody must repair: it is reported, and may be mailed. */
  readonly isFault: boolean;
}

/** Texts for errors without a message of their own. Nothing else is ever said about a fault of the server. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  401: 'Please log in to access this page.',
  403: 'You may not do this.',
  404: "This page doesn't exist or has been removed.",
  405: 'This action is not supported here.',
  408: 'The request took too long to arrive.',
  409: 'Somebody else has changed this in the meantime. Please look at it again.',
  413: 'That was too much to send at once.',
  415: 'This content type is not supported here.',
  412: 'This has changed in the meantime.',
  416: 'This file has no such part.',
  417: 'What the request expects cannot be done.',
  422: 'Some of the values are invalid.',
  429: 'That was tried too often. Please wait a while and try again.',
  431: 'The address of the page, or the cookies of this site, are too long. It may help to delete the cookies.',
  501: 'This cannot be done here.',
  503: 'Microblog cannot answer right now. Please try again in a minute.',
};
const OF_THE_SERVER = 'It is not your fault. Please try again in a while.';
const OF_THE_REQUEST = 'The request cannot be answered.';

/** Anything that is not an HTTP exception of this application is a fault of the server, whatever status it claims to have. */
export function httpProblem(error: unknown): HttpProblem {
  try {
    if (error instanceof OverloadedError) return overloadFacts(error);
    if (error instanceof HttpException) return httpFacts(error);
    if (isDatabaseBusy(error)) return facts(503, { headers: { 'Retry-After': '10' } });
  } catch {
    // Some objects throw even on instanceof.
  }
  return facts(500);
}

function overloadFacts({ message: detail, headers }: OverloadedError): HttpProblem {
  return { ...facts(503, { headers, detail }), isFault: false };
}

function httpFacts(error: HttpException): HttpProblem {
  const status = error.getStatus();
  if (!Number.isInteger(status) || status < 400 || status > 599) return facts(500);
  const { headers } = error as { headers?: Record<string, string> };
  // An exception that Nest made from a library's error has it as its cause and a message for developers. For 404 Nest has a message of its own.
  const isOurs = error.cause === undefined && status !== 404 && error.message !== STATUS_CODES[status];
  return facts(status, { headers, detail: status < 500 && isOurs ? error.message : undefined });
}

function facts(
  status: number,
  { headers = {}, detail }: { headers?: Record<string, string>; detail?: string } = {},
): HttpProblem {
  return {
    status,
    title: STATUS_CODES[status] ?? 'Error',
    detail: detail ?? DETAILS[status] ?? (status < 500 ? OF_THE_REQUEST : OF_THE_SERVER),
    headers,
    isFault: status >= 500,
  };
}

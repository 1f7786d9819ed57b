import { Redactor, cutText } from '@microblog/error-report';
import type { Request } from 'express';
import { RequestDetails } from './error-details';

const MAX_URL_LENGTH = 2_000;

/** Hides the secrets of the application, and what came under secret names with the request. */
export function requestRedactor(request: Request, secrets: readonly string[]): Redactor {
  const redactor = new Redactor(secrets);
  const { headers, query, params } = request;
  const sources: unknown[] = [headers, query, params, request.body, request.cookies];
  for (const source of sources) redactor.collect(source);
  return redactor;
}

export function requestDetails(request: Request, redactor: Redactor): RequestDetails {
  return {
    method: request.method,
    url: redactor.redactText(cutText(request.originalUrl, MAX_URL_LENGTH)),
    headers: redactor.redactObject(request.headers) as object,
    fields: redactor.redactParameters(request.body ?? {}) as object,
  };
}

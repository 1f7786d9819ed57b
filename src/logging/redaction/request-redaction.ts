import { Environment } from '../../config/environment';
import { OccurrenceRequest } from '../error-occurrence';
import { RequestContext } from '../request-context';
import { ThrownError } from '../thrown';
import { Redactor } from './redactor';

/** Hides the secrets of the application, and those that came with the request, if there is one. */
export function redactorFor(context: RequestContext | undefined, { secrets }: Environment): Redactor {
  const redactor = new Redactor(secrets);
  if (!context) return redactor;
  const { request } = context;
  const cookies: unknown[] = [request.cookies, request.signedCookies];
  for (const source of [request.headers, ...cookies, request.query, request.params, request.body]) {
    redactor.collect(source);
  }
  for (const part of request.originalUrl.split(/[/?&=]/)) redactor.collectSpelling(part);
  return redactor;
}

export function redactedThrown(error: ThrownError, redactor: Redactor): ThrownError {
  return {
    ...error,
    name: redactor.redactText(error.name),
    message: redactor.redactText(error.message),
    details: error.details && (redactor.redactObject(error.details) as Record<string, unknown>),
    causes: error.causes.map((cause) => redactedThrown(cause, redactor)),
  };
}

export function redactedRequest(context: RequestContext, redactor: Redactor): OccurrenceRequest {
  const { request, id, queries, lines } = context;
  const route = (request.route as { path?: unknown } | undefined)?.path;
  const hidden = (value: unknown) => redactor.redactObject(value) as Record<string, unknown>;
  return {
    id,
    method: request.method,
    url: redactor.redactText(request.originalUrl),
    route: typeof route === 'string' ? route : undefined,
    userId: context.userId,
    headers: hidden(request.headers),
    fields: hidden(request.body ?? {}),
    queries: queries.map((query) => ({
      ...query,
      sql: redactor.redactText(query.sql),
      parameters: redactor.redactObject(query.parameters) as unknown[],
    })),
    lines: [...lines],
  };
}

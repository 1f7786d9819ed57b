import { Environment } from '../config/environment';
import { EventRequest } from './error-event';
import { RequestContext } from './request-context';
import { Redactor, cutText } from '@microblog/error-report';

/** What the URL of a request is cut to before its secrets are hidden, in characters. */
export const URL_LENGTH = 2_000;

/** The redactor of a request, and the parts of the request that had been parsed when it was made. */
interface Known {
  readonly redactor: Redactor;
  readonly state: readonly unknown[];
}

const REDACTORS = new WeakMap<RequestContext, Known>();

/**
 * Hides the secrets of the application, and those that came with the request, if there is one. Reading a request costs more than a line
 * of the log, so that it is done once, and again only when another part of it has been parsed.
 */
export function redactorFor(context: RequestContext | undefined, { secrets }: Environment): Redactor {
  if (!context) return new Redactor(secrets);
  const { request } = context;
  const sources: unknown[] = [request.cookies, request.signedCookies, request.body];
  // The parameters of the path are there once the route is.
  const state = [...sources, request.route];
  const known = REDACTORS.get(context);
  if (known?.state.every((part, index) => part === state[index])) return known.redactor;
  const redactor = new Redactor(secrets);
  for (const source of [request.headers, ...sources, request.query, request.params]) {
    redactor.collect(source);
  }
  REDACTORS.set(context, { redactor, state });
  return redactor;
}

export function redactedRequest(context: RequestContext, redactor: Redactor): EventRequest {
  const { request, id, queries, lines } = context;
  const route = (request.route as { path?: unknown } | undefined)?.path;
  const hidden = (value: unknown) => redactor.redactObject(value) as Record<string, unknown>;
  return {
    id,
    method: request.method,
    url: redactor.redactText(cutText(request.originalUrl, URL_LENGTH)),
    route: typeof route === 'string' ? route : undefined,
    userId: context.userId,
    username: context.username && redactor.redactText(context.username),
    headers: hidden(request.headers),
    fields: redactor.redactParameters(request.body ?? {}) as Record<string, unknown>,
    queries: queries.map((query) => ({
      ...query,
      sql: redactor.redactText(query.sql),
      parameters: redactor.redactObject(query.parameters) as unknown[],
    })),
    lines: [...lines],
  };
}

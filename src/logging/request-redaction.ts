import { Environment } from '../config/environment';
import { EventRequest } from './error-event';
import { RequestContext } from '../http/request-context';
import { Redactor, collectRequest, redactRequest } from '@microblog/error-report';

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
  // The parameters of the path are there once the route is.
  const state: unknown[] = [request.cookies, request.signedCookies, request.body, request.route];
  const known = REDACTORS.get(context);
  if (known?.state.every((part, index) => part === state[index])) return known.redactor;
  const redactor = new Redactor(secrets);
  collectRequest(request, redactor);
  REDACTORS.set(context, { redactor, state });
  return redactor;
}

export function redactedRequest(context: RequestContext, redactor: Redactor): EventRequest {
  const { request, id, queries, lines } = context;
  const route = (request.route as { path?: unknown } | undefined)?.path;
  return {
    ...redactRequest(request, redactor),
    id,
    route: typeof route === 'string' ? route : undefined,
    userId: context.userId,
    username: context.username && redactor.redactText(context.username),
    queries: queries.map((query) => ({
      ...query,
      sql: redactor.redactText(query.sql),
      parameters: redactor.redactObject(query.parameters) as unknown[],
    })),
    lines: [...lines],
  };
}

import { cutText } from './cut-text';
import { Redactor } from './redaction/redactor';

/** What is read of a request. Express has all of it, the last three once something has parsed them. */
export interface ReportableRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: object;
  readonly query: unknown;
  readonly params: unknown;
  readonly body?: unknown;
  readonly cookies?: unknown;
  readonly signedCookies?: unknown;
}

/** A request with its secrets hidden. */
export interface RedactedRequest {
  readonly method: string;
  /** At most 2,000 characters. */
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of the body. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Cut before secrets are looked for, which takes time for each character. */
const MAX_URL_LENGTH = 2_000;

/** Lets the redactor learn every secret that came with a request. */
export function collectRequest(request: ReportableRequest, redactor: Redactor): void {
  const { headers, query, params, body, cookies, signedCookies } = request;
  for (const source of [headers, query, params, body, cookies, signedCookies]) redactor.collect(source);
}

export function redactRequest(request: ReportableRequest, redactor: Redactor): RedactedRequest {
  return {
    method: request.method,
    url: redactor.redactText(cutText(request.originalUrl, MAX_URL_LENGTH)),
    headers: redactor.redactObject(request.headers) as Record<string, unknown>,
    fields: redactor.redactParameters(request.body ?? {}) as Record<string, unknown>,
  };
}

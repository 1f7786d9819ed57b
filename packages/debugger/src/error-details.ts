import { RedactedRequest, Redactor, SerializedError } from '@microblog/error-report';

/** What the application knows of an error that it answers. Whatever it has redacted already is shown as it is. */
export interface ErrorDetails {
  /** Of the response. */
  readonly status: number;
  /** Under which the error is found in the log. */
  readonly reference?: string;
  /** The error, described and redacted; made from the error unless given. */
  readonly error?: SerializedError;
  /** Hides what the request is known to keep secret; made from the request unless given. */
  readonly redactor?: Redactor;
  /** The request, redacted; made from the request unless given. */
  readonly request?: RequestDetails;
  readonly queries?: readonly QueryDetails[];
  /** What was logged during the request. */
  readonly logLines?: readonly string[];
  /** Sent to a JSON client in addition to the traceback, such as the members of a problem document. */
  readonly problem?: object;
}

export interface RequestDetails extends RedactedRequest {
  /** Who is signed in. */
  readonly user?: string;
}

export interface QueryDetails {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
  readonly durationMs?: number;
}

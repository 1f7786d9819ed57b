import { RecordedQuery } from '../http/request-context';
import { RedactedRequest, SerializedError } from '@microblog/error-report';

/** The request in which an error happened, with its secrets hidden. */
export interface EventRequest extends RedactedRequest {
  readonly id: string;
  /** The pattern that matched, such as `/user/:username`. */
  readonly route: string | undefined;
  readonly userId: number | undefined;
  readonly username: string | undefined;
  readonly queries: readonly RecordedQuery[];
  readonly lines: readonly string[];
}

/** Where an error happened, such as `GET /user/:username`, in at most 100 characters; empty outside of requests. */
export function routeOf({ request }: ErrorEvent): string {
  return request ? `${request.method} ${request.route ?? '(no route)'}`.slice(0, 100) : '';
}

/** One time that an error happened, with its secrets hidden. */
export interface ErrorEvent {
  readonly reference: string;
  readonly at: Date;
  /** The group of like errors that it belongs to. */
  readonly key: string;
  readonly title: string;
  readonly error: SerializedError;
  readonly request: EventRequest | undefined;
}

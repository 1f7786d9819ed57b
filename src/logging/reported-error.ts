import { Redactor } from '@microblog/error-report';
import { ErrorEvent } from './error-event';

/** The result of reporting an error. */
export interface ReportedError {
  /** Under which the error is found in the log and in the mail; short enough to be read aloud. */
  readonly reference: string;
  /** Whether a mail about it, or about one like it, is kept for delivery. */
  readonly isNotified: boolean;
  readonly event: ErrorEvent;
  /** Hid the secrets in the event, and knows those of the request. */
  readonly redactor: Redactor;
}

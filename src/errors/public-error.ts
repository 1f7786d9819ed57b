import { HttpProblem } from './http-problem';
import { TypedText } from './typed-texts';

/** Everything that a response may say about an error, in any format. */
export interface PublicError extends HttpProblem {
  /** The headline: what the pages of the Flask Microblog say, else the name of the status. */
  readonly headline: string;
  /** Only of faults of the server. */
  readonly reference?: string;
  /** Whether a mail to the administrator has been taken for delivery. */
  readonly isNotified: boolean;
  /** Whether it is certain that nothing of what was sent has been saved. */
  readonly nothingSaved: boolean;
  /** What was typed, where the answer does not show the form itself. */
  readonly typed?: readonly TypedText[];
}

export function titleFor({ status, title }: HttpProblem): string {
  if (status === 404) return 'File Not Found';
  return status === 500 ? 'An unexpected error has occurred' : title;
}

/** The error in sentences, most important first. */
export function toSentences({
  headline,
  detail,
  nothingSaved,
  isNotified,
  reference,
}: PublicError): string[] {
  return [
    `${headline}.`,
    detail,
    nothingSaved && 'Nothing was saved.',
    isNotified && 'The administrator has been notified.',
    reference && `Reference: ${reference}`,
  ].filter((sentence) => typeof sentence === 'string');
}

/** The error as a problem document (RFC 9457). */
export function problemDocument(publicError: PublicError, instance: string, errors?: unknown): object {
  const { status, title, reference } = publicError;
  const [, ...detail] = toSentences({ ...publicError, reference: undefined });
  return { type: 'about:blank', title, status, detail: detail.join(' '), instance, reference, errors };
}

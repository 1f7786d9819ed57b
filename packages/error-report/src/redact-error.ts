import { Redactor } from './redaction/redactor';
import { SerializedError } from './serialize-error';

/** A copy of the error, and of its causes, with the secrets in its texts and details hidden. Frames hold none. */
export function redactError(error: SerializedError, redactor: Redactor): SerializedError {
  return {
    ...error,
    name: redactor.redactText(error.name),
    message: redactor.redactText(error.message),
    details: error.details && (redactor.redactObject(error.details) as Record<string, unknown>),
    causes: error.causes.map((cause) => redactError(cause, redactor)),
  };
}

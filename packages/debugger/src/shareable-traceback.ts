import { HIDDEN } from '@microblog/error-report';
import { TracedError, TracedScope, Traceback } from './traceback';

/** A traceback in which the secrets among the variables are masked: before the PIN is given, and for an issue or an assistant. */
export function shareableTraceback(traceback: Traceback): Traceback {
  return { ...traceback, errors: traceback.errors.map(shareableError) };
}

function shareableError(error: TracedError): TracedError {
  const frames = error.frames.map(({ live, ...frame }) => ({
    ...frame,
    live: live && { ...live, scopes: live.scopes.map(shareableScope) },
  }));
  return { ...error, frames };
}

function shareableScope({ title, variables }: TracedScope): TracedScope {
  return {
    title,
    variables: variables.map(({ name, value, masked = HIDDEN }) => ({
      name,
      value: { ...value, preview: masked },
    })),
  };
}

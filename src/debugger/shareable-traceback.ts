import { TracedError, TracedScope, Traceback } from './traceback';

/**
 * A traceback to be passed on, in an issue or to an assistant: of the variables, which only the developer's own browser shows as they are,
 * secrets are hidden as well.
 *
 * @param redact hides them in a text
 */
export function shareableTraceback(traceback: Traceback, redact: (text: string) => string): Traceback {
  return { ...traceback, errors: traceback.errors.map((error) => shareableError(error, redact)) };
}

function shareableError(error: TracedError, redact: (text: string) => string): TracedError {
  const frames = error.frames.map(({ live, ...frame }) => ({
    ...frame,
    live: live && { ...live, scopes: live.scopes.map((scope) => shareableScope(scope, redact)) },
  }));
  return { ...error, frames };
}

function shareableScope({ title, variables }: TracedScope, redact: (text: string) => string): TracedScope {
  return {
    title,
    variables: variables.map(({ name, value }) => {
      // A secret is known by its name as well, which has to stand before it.
      const [prefix, assigned] = [`${name}: `, redact(`${name}: ${value.preview}`)];
      const preview = assigned.startsWith(prefix) ? assigned.slice(prefix.length) : assigned;
      return { name, value: { ...value, preview } };
    }),
  };
}

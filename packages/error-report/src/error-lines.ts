import { SerializedError } from './serialize-error';

/** An error below its first line: what the database said and what was logged with it, frames, and the causes in the same way. */
export function errorLines({ frames, details = {}, causes }: SerializedError): string[] {
  return [
    ...Object.entries(details).map(([name, value]) => `${name}: ${textOf(value)}`),
    ...frames.map(({ function: name, file, line, column }) => `at ${name} (${file}:${line}:${column})`),
    ...causes.flatMap((cause) => [`caused by ${cause.name}: ${cause.message}`, ...errorLines(cause)]),
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

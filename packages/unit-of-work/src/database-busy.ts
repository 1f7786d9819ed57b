const TOO_MANY_CONNECTIONS = '53300';
/** What pg-pool says when no connection has become free within `connectTimeoutMS`; it has no code. */
const POOL_EXHAUSTED = /^timeout exceeded when trying to connect$/;

/**
 * Whether an error is only that the database had no time: no turn to write to the SQLite file came, or PostgreSQL gave no connection. The
 * same may succeed a little later: answer 503.
 */
export function isDatabaseBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message, code } = error as Error & { code?: unknown };
  return name === 'WriteLockTimeoutError' || code === TOO_MANY_CONNECTIONS || POOL_EXHAUSTED.test(message);
}

/** How long a writer waits for its turn: within this process, and then for other processes. */
export const LOCK_TIMEOUT_MS = 10_000;

/** No turn to write came in time. */
export class WriteLockTimeoutError extends Error {
  override name = 'WriteLockTimeoutError';

  constructor(holder: string) {
    super(
      `No turn to write to the SQLite file within ${LOCK_TIMEOUT_MS / 1000} s: ${holder}. ` +
        'A transaction is open for too long, or one waits for a write outside itself.',
    );
  }
}

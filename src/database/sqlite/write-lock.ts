import { E_TIMEOUT, Mutex, withTimeout } from 'async-mutex';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a writer waits for its turn: within this process, and then for other processes. */
const LOCK_TIMEOUT_MS = 10_000;
/** Between two tries at a file that another process has locked; random, so that two do not march in step. */
const RETRY_PAUSE_MS = { least: 2, most: 20 };

/** No turn to write came in time. */
export class WriteLockTimeout extends Error {
  override name = 'WriteLockTimeout';

  constructor(holder: string) {
    super(
      `No turn to write to the SQLite file within ${LOCK_TIMEOUT_MS / 1000} s: ${holder}. ` +
        'A transaction is open for too long, or one waits for a write outside itself.',
    );
  }
}

/**
 * The turn to write to an SQLite file, which has one writer at a time. Within the process writers queue in the order in which
 * they came; a file locked by another process is tried again, without ever stopping the event loop.
 */
export class WriteLock {
  private readonly mutex = withTimeout(new Mutex(), LOCK_TIMEOUT_MS);

  /**
   * Waits for the turn. Call what it returns to give the turn back.
   *
   * @throws WriteLockTimeout when the turn does not come
   */
  async acquire(): Promise<() => void> {
    try {
      return await this.mutex.acquire();
    } catch (error) {
      throw error === E_TIMEOUT ? new WriteLockTimeout('this process is writing already') : error;
    }
  }

  /**
   * Runs a statement, again and again while another process has the file locked.
   *
   * @throws WriteLockTimeout when the file stays locked
   */
  async untilUnlocked<T>(statement: () => T | Promise<T>): Promise<T> {
    const deadline = Date.now() + LOCK_TIMEOUT_MS;
    for (;;) {
      try {
        return await statement();
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (Date.now() > deadline) throw new WriteLockTimeout('another process is writing');
        await sleep(RETRY_PAUSE_MS.least + Math.random() * (RETRY_PAUSE_MS.most - RETRY_PAUSE_MS.least));
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return String(code ?? driverError?.code).startsWith('SQLITE_BUSY');
}

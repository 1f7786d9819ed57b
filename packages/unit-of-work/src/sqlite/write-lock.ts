import { E_TIMEOUT, Mutex, withTimeout } from 'async-mutex';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCK_TIMEOUT_MS, WriteLockTimeoutError } from './write-lock-timeout.error';

/** Between two tries at a file that another process has locked; random, so that two do not march in step. */
const RETRY_PAUSE_MS = { least: 2, most: 20 };

/**
 * The turn to write to an SQLite file, which has one writer at a time. Within the process writers queue in the order in which
 * they came; a file locked by another process is tried again, without ever stopping the event loop.
 */
export class WriteLock {
  private readonly mutex = withTimeout(new Mutex(), LOCK_TIMEOUT_MS);

  /**
   * Waits for the turn. Call what it returns to give the turn back.
   *
   * @throws WriteLockTimeoutError when the turn does not come
   */
  async acquire(): Promise<() => void> {
    try {
      return await this.mutex.acquire();
    } catch (error) {
      throw error === E_TIMEOUT ? new WriteLockTimeoutError('this process is writing already') : error;
    }
  }

  /**
   * Runs a statement, again and again while another process has the file locked.
   *
   * @throws WriteLockTimeoutError when the file stays locked
   */
  async retryWhileBusy<T>(statement: () => T | Promise<T>): Promise<T> {
    const deadline = Date.now() + LOCK_TIMEOUT_MS;
    for (;;) {
      try {
        return await statement();
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (Date.now() > deadline) throw new WriteLockTimeoutError('another process is writing');
        await sleep(RETRY_PAUSE_MS.least + Math.random() * (RETRY_PAUSE_MS.most - RETRY_PAUSE_MS.least));
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return String(code ?? driverError?.code).startsWith('SQLITE_BUSY');
}

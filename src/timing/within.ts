import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the work results in, or undefined if that takes longer; the work goes on all the same.
 *
 * @param ref whether the process stays alive for the wait
 * @throws what the work throws in time
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T> | undefined,
  { ref = false } = {},
): Promise<T | undefined> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, { ref, signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

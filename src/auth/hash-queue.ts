import { Injectable } from '@nestjs/common';
import { promise as createQueue } from 'fastq';
import { availableParallelism } from 'node:os';
import { OverloadedError } from './overloaded.error';

/**
 * Hashes run in libuv's four threads, in which files are read too: one thread is left to those, and no more hash at a time than there are cores,
 * which would only make all of them slower.
 */
export const MAX_HASHES_AT_A_TIME = Math.min(3, availableParallelism());

/** At about 25 ms a hash, the last one in the queue waits for a second and a half. */
export const MAX_WAITING_PER_CORE = 60;

/** Runs what takes a core for itself, a few at a time. */
@Injectable()
export class HashQueue {
  private readonly queue = createQueue((task: () => Promise<unknown>) => task(), MAX_HASHES_AT_A_TIME);

  /** @throws OverloadedError when too many are waiting already */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.queue.length() >= MAX_WAITING_PER_CORE * MAX_HASHES_AT_A_TIME) throw new OverloadedError();
    return (await this.queue.push(task)) as T;
  }
}

import { Injectable } from '@nestjs/common';
import { promise as createQueue, type queueAsPromised } from 'fastq';
import { availableParallelism } from 'node:os';
import { Environment } from '../config/environment';
import { OverloadedError } from './overloaded.error';

/**
 * Hashes run in libuv's four threads, in which files are read too: one thread is left to those. No more hash at a time than there are cores,
 * in all processes together, which would only make all of them slower.
 */
export function hashesAtATime(workers: number): number {
  return Math.max(1, Math.min(3, Math.floor(availableParallelism() / workers)));
}

/** At about 25 ms a hash, the last one in the queue waits for a second and a half. */
export const MAX_WAITING_PER_CORE = 60;

/** Runs tasks that each occupy a core, a few at a time. */
@Injectable()
export class HashQueue {
  private readonly queue: queueAsPromised<() => Promise<unknown>>;
  private readonly mostWaiting: number;

  constructor({ workers }: Environment) {
    const concurrency = hashesAtATime(workers);
    this.queue = createQueue((task: () => Promise<unknown>) => task(), concurrency);
    this.mostWaiting = MAX_WAITING_PER_CORE * concurrency;
  }

  /** @throws OverloadedError when too many are waiting already */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.queue.length() >= this.mostWaiting) throw new OverloadedError();
    return (await this.queue.push(task)) as T;
  }
}

import cluster, { Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerEnvironment } from '../config/worker';
import { ReadyMessage, StopMessage, isMessage } from './messages';

/** The delay before a worker that died is replaced. It doubles each time that the next one dies early too. */
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;
/** A worker that dies within this time counts as an early death. */
const EARLY_MS = 60_000;

interface PoolOptions {
  readonly size: number;
  readonly log: (level: 'info' | 'error', message: string) => void;
}

/** Several processes that serve on one port: one more when one dies, one after another when they are to be replaced. */
export class WorkerPool {
  private readonly size: number;
  private readonly log: PoolOptions['log'];
  /** Workers that serve or are starting. */
  private readonly workers = new Set<Worker>();
  private readonly stopping = new Map<Worker, StopMessage>();
  private earlyDeaths = 0;
  private isEnding = false;
  private reloading: Promise<void> = Promise.resolve();

  constructor({ size, log }: PoolOptions) {
    this.size = size;
    this.log = log;
  }

  /**
   * Starts the first worker, which migrates the database, then the others.
   *
   * @returns where they serve
   * @throws Error when one ends before it serves; it has said why
   */
  async start(): Promise<string> {
    const address = await this.add();
    await Promise.all(Array.from({ length: this.size - 1 }, () => this.add()));
    return address;
  }

  /** Replaces one worker after another: an old one begins to end once a new one serves. When a new one does not start, the others stay. */
  reload(): Promise<void> {
    this.reloading = this.reloading.then(async () => {
      const replaced: Promise<void>[] = [];
      try {
        for (const old of [...this.workers]) {
          // It may have died, and been replaced by that.
          if (this.isEnding || !this.workers.has(old)) continue;
          await this.add();
          replaced.push(this.end(old, { type: 'stop', reason: 'SIGHUP', isReplaced: true }));
        }
        await Promise.all(replaced);
        if (!this.isEnding) this.log('info', 'All workers were replaced');
      } catch (error) {
        if (this.isEnding) return;
        this.log('error', `A new worker did not start, so the old ones stay: ${(error as Error).message}`);
      }
      await this.fill('A worker died while others were replaced');
    });
    return this.reloading;
  }

  /** Ends all workers, also those that are being replaced, once they have answered what they were asked. */
  async stop(reason: string): Promise<void> {
    this.isEnding = true;
    const message: StopMessage = { type: 'stop', reason, isReplaced: false };
    await Promise.all([...this.workers].map((worker) => this.end(worker, message)));
    await Promise.all([...this.stopping.keys()].map(exited));
  }

  kill(): void {
    this.isEnding = true;
    for (const worker of [...this.workers, ...this.stopping.keys()]) worker.process.kill('SIGKILL');
  }

  /** Starts another worker. Resolves once it serves. */
  private add(): Promise<string> {
    const worker = cluster.fork(workerEnvironment);
    const startedAt = performance.now();
    this.workers.add(worker);
    // For example when a message is sent to a worker that has just died.
    worker.on('error', (error) => this.log('error', `Worker ${worker.process.pid}: ${error.message}`));
    return new Promise((resolve, reject) => {
      let isReady = false;
      worker.on('message', (message: unknown) => {
        if (!isMessage<ReadyMessage>(message, 'ready')) return;
        isReady = true;
        // It may have been told to stop before it listened for messages.
        const stop = this.stopping.get(worker);
        if (stop) worker.send(stop);
        resolve(message.address);
      });
      worker.once('exit', (code: number | null, signal: string | null) => {
        this.workers.delete(worker);
        if (this.stopping.delete(worker) || this.isEnding) {
          reject(new Error('it was stopped'));
          return;
        }
        const end = `Worker ${worker.process.pid} ended with ${signal ?? code}`;
        if (!isReady) {
          reject(new Error(end));
          return;
        }
        this.earlyDeaths = performance.now() - startedAt < EARLY_MS ? this.earlyDeaths + 1 : 0;
        if (this.needsMore()) void this.fill(end);
        else this.log('error', end);
      });
    });
  }

  /** Starts workers until there are enough, with longer and longer waits. Workers that a reload has just started count. */
  private async fill(reason: string): Promise<void> {
    let problem = reason;
    while (this.needsMore()) {
      const wait = Math.min(FIRST_BACKOFF_MS * 2 ** Math.max(this.earlyDeaths - 1, 0), LONGEST_BACKOFF_MS);
      this.log('error', `${problem}; another one starts in ${wait} ms`);
      await sleep(wait);
      if (this.needsMore()) problem = (await this.tryToAdd()) ?? problem;
    }
  }

  /** Asked again after each wait: by then the pool may be ending, or another call may have filled it. */
  private needsMore(): boolean {
    return !this.isEnding && this.workers.size < this.size;
  }

  /** @returns why the worker did not start, or undefined where it did */
  private async tryToAdd(): Promise<string | undefined> {
    try {
      await this.add();
      return undefined;
    } catch (error) {
      this.earlyDeaths++;
      return (error as Error).message;
    }
  }

  private async end(worker: Worker, message: StopMessage): Promise<void> {
    // It has already died and been replaced.
    if (worker.isDead()) return;
    this.workers.delete(worker);
    this.stopping.set(worker, message);
    const ended = exited(worker);
    if (worker.isConnected()) worker.send(message);
    else worker.process.kill();
    await ended;
  }
}

/** Not `once()` of `node:events`, which would reject at an error of the channel. */
function exited(worker: Worker): Promise<unknown> {
  return worker.isDead() ? Promise.resolve() : new Promise((resolve) => worker.once('exit', resolve));
}

import { availableParallelism } from 'node:os';
import { parseEnvironment } from '../config/environment';
import { HashQueue, MAX_WAITING_PER_CORE, hashesAtATime } from './hash-queue';
import { OverloadedError } from './overloaded.error';

const AT_A_TIME = hashesAtATime(1);

describe('HashQueue', () => {
  let queue: HashQueue;
  let ends: (() => void)[];
  beforeEach(() => {
    queue = new HashQueue(parseEnvironment({}));
    ends = [];
  });

  const wait = () => queue.run(() => new Promise<void>((resolve) => ends.push(resolve)));

  it('runs a few at a time, in their order, and hands on what they return', async () => {
    const done: number[] = [];
    const all = Array.from({ length: AT_A_TIME + 1 }, (_, index) => wait().then(() => done.push(index)));
    expect(ends).toHaveLength(AT_A_TIME);
    ends[0]?.();
    await all[0];
    expect(ends).toHaveLength(AT_A_TIME + 1);
    for (const end of ends) end();
    await Promise.all(all);
    expect(done).toHaveLength(AT_A_TIME + 1);
    await expect(queue.run(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('goes on after a failure', async () => {
    await expect(queue.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await expect(queue.run(() => Promise.resolve('x'))).resolves.toBe('x');
  });

  it('refuses at once what would have to wait too long, and takes it again later', async () => {
    const most = AT_A_TIME * (MAX_WAITING_PER_CORE + 1);
    const all = Array.from({ length: most }, wait);
    await expect(wait()).rejects.toThrow(OverloadedError);
    while (ends.length > 0) {
      ends.pop()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    await expect(queue.run(() => Promise.resolve('x'))).resolves.toBe('x');
  });

  it('leaves a thread to files, and shares the cores among the workers', () => {
    const cores = availableParallelism();
    expect(hashesAtATime(1)).toBe(Math.min(3, cores));
    expect(hashesAtATime(cores)).toBe(1);
    expect(hashesAtATime(100 * cores)).toBe(1);
  });
});

import { HashQueue, MAX_HASHES_AT_A_TIME, MAX_WAITING_PER_CORE } from './hash-queue';
import { OverloadedError } from './overloaded.error';

describe('HashQueue', () => {
  let queue: HashQueue;
  let ends: (() => void)[];
  beforeEach(() => {
    queue = new HashQueue();
    ends = [];
  });

  const wait = () => queue.run(() => new Promise<void>((resolve) => ends.push(resolve)));

  it('runs a few at a time, in their order, and hands on what they return', async () => {
    const done: number[] = [];
    const all = Array.from({ length: MAX_HASHES_AT_A_TIME + 1 }, (_, index) =>
      wait().then(() => done.push(index)),
    );
    expect(ends).toHaveLength(MAX_HASHES_AT_A_TIME);
    ends[0]?.();
    await all[0];
    expect(ends).toHaveLength(MAX_HASHES_AT_A_TIME + 1);
    for (const end of ends) end();
    await Promise.all(all);
    expect(done).toHaveLength(MAX_HASHES_AT_A_TIME + 1);
    await expect(queue.run(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('goes on after a failure', async () => {
    await expect(queue.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await expect(queue.run(() => Promise.resolve('x'))).resolves.toBe('x');
  });

  it('refuses at once what would have to wait too long, and takes it again later', async () => {
    const most = MAX_HASHES_AT_A_TIME * (MAX_WAITING_PER_CORE + 1);
    const all = Array.from({ length: most }, wait);
    await expect(wait()).rejects.toThrow(OverloadedError);
    while (ends.length > 0) {
      ends.pop()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    await expect(queue.run(() => Promise.resolve('x'))).resolves.toBe('x');
  });
});

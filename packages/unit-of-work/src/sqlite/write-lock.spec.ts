import { WriteLock } from './write-lock';
import { WriteLockTimeoutError } from './write-lock-timeout.error';

describe('WriteLock', () => {
  const busy = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
  let lock: WriteLock;

  beforeEach(() => {
    lock = new WriteLock();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('gives turns one after another, in the order in which they were asked for', async () => {
    const turns: string[] = [];
    const write = async (name: string) => {
      const release = await lock.acquire();
      turns.push(`${name} begins`);
      await Promise.resolve();
      turns.push(`${name} ends`);
      release();
    };
    await Promise.all([write('susan'), write('john')]);
    expect(turns).toEqual(['susan begins', 'susan ends', 'john begins', 'john ends']);
  });

  it('lets nobody wait for a turn for ever, and goes on afterwards', async () => {
    jest.useFakeTimers();
    const release = await lock.acquire();
    const waiting = expect(lock.acquire()).rejects.toThrow(WriteLockTimeoutError);
    await jest.advanceTimersByTimeAsync(10_000);
    await waiting;
    release();
    await expect(lock.acquire()).resolves.toEqual(expect.any(Function));
  });

  it('tries again while the file is locked', async () => {
    const statement = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(busy())
      .mockRejectedValueOnce({ driverError: busy() })
      .mockResolvedValue('written');
    expect(await lock.retryWhileBusy(statement)).toBe('written');
  });

  it('tries once where anything else is wrong', async () => {
    const statement = jest.fn<Promise<void>, []>().mockRejectedValue(new Error('disk is full'));
    await expect(lock.retryWhileBusy(statement)).rejects.toThrow('disk is full');
    expect(statement).toHaveBeenCalledTimes(1);
  });

  it('does not try for ever', async () => {
    const started = Date.now();
    jest
      .spyOn(Date, 'now')
      .mockReturnValueOnce(started)
      .mockReturnValue(started + 10_001);
    await expect(lock.retryWhileBusy(() => Promise.reject(busy()))).rejects.toThrow(WriteLockTimeoutError);
  });
});

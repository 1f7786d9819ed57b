import { within } from './within';

describe('within', () => {
  it('is what comes in time', async () => {
    expect(await within(10_000, Promise.resolve('done'))).toBe('done');
  });

  it('is undefined where nothing comes in time', async () => {
    expect(await within(1, new Promise(() => undefined), { ref: true })).toBeUndefined();
  });

  it('throws what the work throws', async () => {
    await expect(within(10_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});

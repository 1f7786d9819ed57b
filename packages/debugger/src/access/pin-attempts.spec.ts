import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { PinAttempts } from './pin-attempts';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const pauses = jest.mocked<(delay: number) => Promise<void>>(pause as never);
const PIN = '123-456-789';
const WRONG = '987-654-321';

describe('PinAttempts', () => {
  let attempts: PinAttempts;

  const fail = async (times: number) => {
    for (let i = 0; i < times; i++) await attempts.enter(WRONG);
  };

  beforeEach(() => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    pauses.mockReset().mockResolvedValue();
    attempts = new PinAttempts(PIN);
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([PIN, '123456789', ' 123 456 789 ', '1-2-3-4-5-6-7-8-9'])('takes %j at once', async (pin) => {
    expect(await attempts.enter(pin)).toEqual({ isRight: true, left: 10 });
    expect(pauses).not.toHaveBeenCalled();
  });

  it.each(['', '-', '123-456', '123-456-7890', '１２３４５６７８９', 'x'.repeat(10_000)])(
    'refuses %j',
    async (pin) => {
      expect(await attempts.enter(pin)).toEqual({ isRight: false, left: 9 });
    },
  );

  it('answers five wrong ones after half a second each, then after five seconds', async () => {
    await fail(10);
    const delays = pauses.mock.calls.map(([delay]) => delay);
    expect(delays).toEqual([500, 500, 500, 500, 500, 5_000, 5_000, 5_000, 5_000, 5_000]);
  });

  it('takes the right one after nine wrong ones', async () => {
    await fail(9);
    expect(attempts.isLocked).toBe(false);
    expect(await attempts.enter(PIN)).toEqual({ isRight: true, left: 1 });
  });

  it('takes none after ten wrong ones, not even the right one', async () => {
    await fail(10);
    expect(attempts.isLocked).toBe(true);
    expect(await attempts.enter(PIN)).toEqual({ isRight: false, left: 0 });
  });

  it('counts wrong ones on after a right one', async () => {
    await fail(9);
    await attempts.enter(PIN);
    await fail(1);
    expect(attempts.isLocked).toBe(true);
  });

  it('lets attempts that are made at once wait for each other, and counts them all', async () => {
    let waiting = 0;
    let mostWaiting = 0;
    pauses.mockImplementation(async () => {
      mostWaiting = Math.max(mostWaiting, ++waiting);
      await new Promise(setImmediate);
      waiting--;
    });
    const pins = [...Array<string>(15).fill(WRONG), PIN, PIN];
    const outcomes = await Promise.all(pins.map((pin) => attempts.enter(pin)));
    expect(outcomes.filter(({ isRight }) => isRight)).toEqual([]);
    expect(outcomes.map(({ left }) => left)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(mostWaiting).toBe(1);
    expect(pauses).toHaveBeenCalledTimes(10);
  });

  it('counts a wrong one before the delay, for those who do not wait for it', async () => {
    await fail(9);
    pauses.mockReturnValue(new Promise(() => undefined));
    void attempts.enter(WRONG);
    await new Promise(setImmediate);
    expect(attempts.isLocked).toBe(true);
  });

  it('tells in the log of each wrong one, without any PIN', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    await fail(12);
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(10);
    expect(lines.join()).not.toMatch(/\d{3}/);
  });

  it('does not show the PIN to who looks at it', () => {
    expect(inspect(attempts, { showHidden: true })).not.toContain('123');
  });
});

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { PausePurse } from './pause-purse';

describe('PausePurse', () => {
  let purse: PausePurse;
  let watched: boolean[];
  beforeEach(() => {
    watched = [];
    purse = new PausePurse((isOn) => watched.push(isOn));
    purse.earn(performance.now());
  });
  afterEach(() => purse.close());

  const pay = (cost: number) => purse.pay(performance.now(), cost);

  it('has the first throws of a place for nothing', () => {
    expect([1, 2, 3].map(() => purse.isFree('a:1:1'))).toEqual([true, true, false]);
    expect(purse.isFree('b:1:1')).toBe(true);
  });

  it('has those of a place for nothing of which an error was answered', () => {
    for (let times = 0; times < 5; times++) purse.isFree('a:1:1');
    purse.answered('a:1:1');
    expect(purse.isFree('a:1:1')).toBe(true);
  });

  it('has no more than ten for nothing in one turn', async () => {
    const free = Array.from({ length: 12 }, (_, index) => purse.isFree(`a:${index}:1`));
    expect(free.filter(Boolean)).toHaveLength(10);
    await turn();
    expect(purse.isFree('b:1:1')).toBe(true);
  });

  it('ends the pauses when a turn has cost too much, and begins them again', async () => {
    purse.isFree('a:1:1');
    pay(1);
    expect(watched).toEqual([]);
    expect(purse.isScarce).toBe(false);
    pay(1.5);
    expect(watched).toEqual([false]);
    await sleep(80);
    expect(watched.at(-1)).toBe(true);
  });

  it('does not run into debts without end', async () => {
    purse.isFree('a:1:1');
    pay(10_000);
    await sleep(80);
    expect(watched.at(-1)).toBe(true);
  });
});

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { PauseBudget } from './pause-budget';

describe('PauseBudget', () => {
  let budget: PauseBudget;
  let watched: boolean[];
  beforeEach(() => {
    watched = [];
    budget = new PauseBudget((isOn) => watched.push(isOn));
    budget.refill(performance.now());
  });
  afterEach(() => budget.close());

  const spend = (cost: number) => budget.spend(performance.now(), cost);

  it('has the first throws of a place for nothing', () => {
    expect([1, 2, 3].map(() => budget.isExempt('a:1:1'))).toEqual([true, true, false]);
    expect(budget.isExempt('b:1:1')).toBe(true);
  });

  it('has those of a place for nothing of which an error was answered', () => {
    for (let times = 0; times < 5; times++) budget.isExempt('a:1:1');
    budget.answered('a:1:1');
    expect(budget.isExempt('a:1:1')).toBe(true);
  });

  it('has no more than ten for nothing in one turn', async () => {
    const free = Array.from({ length: 12 }, (_, index) => budget.isExempt(`a:${index}:1`));
    expect(free.filter(Boolean)).toHaveLength(10);
    await turn();
    expect(budget.isExempt('b:1:1')).toBe(true);
  });

  it('ends the pauses when a turn has cost too much, and begins them again', async () => {
    budget.isExempt('a:1:1');
    spend(1);
    expect(watched).toEqual([]);
    expect(budget.isLow).toBe(false);
    spend(1.5);
    expect(watched).toEqual([false]);
    await sleep(80);
    expect(watched.at(-1)).toBe(true);
  });

  it('does not run into debts without end', async () => {
    budget.isExempt('a:1:1');
    spend(10_000);
    await sleep(80);
    expect(watched.at(-1)).toBe(true);
  });
});

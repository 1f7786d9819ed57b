import { performance } from 'node:perf_hooks';

/**
 * A token bucket: pauses may cost this much at once, and this share of the program's own running time. A page that throws and catches all the
 * time gets the frames of its first few errors and takes at most twice as long.
 */
const MAX_TOKENS_MS = 2.2;
const REFILL_RATE = 0.08;

/** In one turn of the event loop, so that tokens are left for an error after an `await`, or in the next request. */
const MAX_PER_TURN_MS = 1.8;

const LOW_MS = 1;

/** The first pause of a process is slow; without a limit, no throw would be watched until it was paid for. */
const MAX_DEBT_MS = 2;

/** After a burst, throws are watched again once this much has been refilled. */
const RESUME_MS = 0.5;

const FREE_THROWS_PER_PLACE = 2;

const MAX_FREE_PER_TURN = 10;

/** A template that is compiled again counts as a new place each time. */
const MAX_PLACES = 10_000;

/**
 * Limits the time that pauses at throws take from the program. Pausing is most of the cost, so throws are not even watched while the budget is
 * used up. An error after a burst has its frames, unless it comes in the same turn of the event loop, in which no cooldown can end.
 */
export class PauseBudget {
  private tokens = MAX_TOKENS_MS;
  private refilledAt = 0;
  private spent = 0;
  private exempt = 0;
  private readonly timesThrown = new Map<string, number>();
  private readonly answeredPlaces = new Set<string>();
  private turn?: NodeJS.Immediate;
  private cooldown?: NodeJS.Timeout;

  /** @param watch is called with whether to pause at throws */
  constructor(private readonly watch: (isOn: boolean) => void) {}

  get isLow(): boolean {
    return this.tokens < LOW_MS;
  }

  /**
   * Exempt from the budget: the first throws at a place (slow because cold, and rare), and places whose error has reached a response (somebody
   * is debugging it).
   *
   * @param place of the `throw`
   */
  isExempt(place: string): boolean {
    const times = (this.timesThrown.get(place) ?? 0) + 1;
    if (this.timesThrown.size >= MAX_PLACES) this.timesThrown.clear();
    this.timesThrown.set(place, times);
    this.exempt += 1;
    this.turn ??= setImmediate(() => this.endTurn()).unref();
    return (
      this.exempt <= MAX_FREE_PER_TURN && (times <= FREE_THROWS_PER_PLACE || this.answeredPlaces.has(place))
    );
  }

  /** An error thrown there has reached a response. */
  answered(place: string): void {
    this.answeredPlaces.add(place);
  }

  /** @param now from `performance.now()`, when the program was paused */
  refill(now: number): void {
    this.tokens = Math.min(MAX_TOKENS_MS, this.tokens + REFILL_RATE * (now - this.refilledAt));
    this.refilledAt = now;
  }

  /** @param now when the program goes on @param cost of the pause, in milliseconds */
  spend(now: number, cost: number): void {
    this.refilledAt = now;
    this.tokens = Math.max(-MAX_DEBT_MS, this.tokens - cost);
    this.spent += cost;
    if (this.tokens <= 0 || this.spent >= MAX_PER_TURN_MS) this.watch(false);
  }

  close(): void {
    clearImmediate(this.turn);
    clearTimeout(this.cooldown);
  }

  private endTurn(): void {
    this.turn = undefined;
    this.spent = 0;
    this.exempt = 0;
    this.refill(performance.now());
    if (this.tokens >= RESUME_MS) this.watch(true);
    else
      this.cooldown ??= setTimeout(() => this.endCooldown(), (RESUME_MS - this.tokens) / REFILL_RATE).unref();
  }

  private endCooldown(): void {
    this.cooldown = undefined;
    this.endTurn();
  }
}

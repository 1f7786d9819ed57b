import { performance } from 'node:perf_hooks';

/**
 * What pauses may cost, in milliseconds: so much at once, and a share of the time that the program runs itself. A page that throws and
 * catches all the time gets the frames of the first few errors, and stays within twice its time.
 */
const MAX_TOKENS_MS = 2.2;
const REFILL_RATE = 0.08;

/** Of that in one turn of the event loop, so that something is left for the error after an `await`, or of the next request. */
const MAX_PER_TURN_MS = 1.8;

const LOW_MS = 1;

/** The first pause of a process takes long, and nothing would be seen until that was earned. */
const MAX_DEBT_MS = 2;

/** With so much there again after a burst, throws are watched again. */
const RESUME_MS = 0.5;

/** So many throws at one place cost nothing. */
const FREE_THROWS_PER_PLACE = 2;

/** So many of those that cost nothing there are in one turn. */
const MAX_FREE_PER_TURN = 10;

/** So many places are remembered; templates that are compiled anew are new ones each time. */
const MAX_PLACES = 10_000;

/**
 * Pays for the pauses at throws, which hold up the program. The pause itself is what costs most, so that none is made until it can be paid
 * for. What fails after a burst has its frames, unless it does so in the same turn of the event loop, where nothing could end the cooldown.
 */
export class PauseBudget {
  private tokens = MAX_TOKENS_MS;
  private refilledAt = 0;
  private spent = 0;
  /** Throws of this turn that may cost nothing. */
  private exempt = 0;
  private readonly timesThrown = new Map<string, number>();
  private readonly answeredPlaces = new Set<string>();
  private turn?: NodeJS.Immediate;
  private cooldown?: NodeJS.Timeout;

  /** @param watch is told whether throws shall be paused at */
  constructor(private readonly watch: (isOn: boolean) => void) {}

  /** Whether little is left. */
  get isLow(): boolean {
    return this.tokens < LOW_MS;
  }

  /**
   * Whether a pause costs nothing. The first throws of a place take long, when all is cold, and come once; and what has once gone as far as
   * to be answered is what somebody is looking at, while what is always caught is what nobody debugs.
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

  /** An error that was thrown there has been answered. */
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

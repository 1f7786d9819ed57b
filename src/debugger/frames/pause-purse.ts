import { performance } from 'node:perf_hooks';

/**
 * What pauses may cost, in milliseconds: so much at once, and a share of the time that the program runs itself. A page that throws and
 * catches all the time gets the frames of the first few errors, and stays within twice its time.
 */
const MOST_CREDIT = 2.2;
const SHARE = 0.08;

/** Of that in one turn of the event loop, so that something is left for the error after an `await`, or of the next request. */
const MOST_PER_TURN = 1.8;

const SCARCE = 1;

/** The first pause of a process takes long, and nothing would be seen until that was earned. */
const MOST_DEBT = 2;

/** With so much there again after a burst, throws are watched again. */
const ENOUGH = 0.5;

/** So many throws at one place cost nothing. */
const RARE = 2;

/** So many of those that cost nothing there are in one turn. */
const MOST_FREE = 10;

/** So many places are remembered; templates that are compiled anew are new ones each time. */
const MOST_PLACES = 10_000;

/**
 * Pays for the pauses at throws, which hold up the program. The pause itself is what costs most, so that none is made until it can be paid
 * for. What fails after a burst has its frames, unless it does so in the same turn of the event loop, where nothing could end the rest.
 */
export class PausePurse {
  private credit = MOST_CREDIT;
  private earnedAt = 0;
  private spent = 0;
  /** Throws of this turn that may cost nothing. */
  private free = 0;
  private readonly timesThrown = new Map<string, number>();
  private readonly answeredPlaces = new Set<string>();
  private turn?: NodeJS.Immediate;
  private rest?: NodeJS.Timeout;

  /** @param watch is told whether throws shall be paused at */
  constructor(private readonly watch: (isOn: boolean) => void) {}

  /** Whether little is left. */
  get isScarce(): boolean {
    return this.credit < SCARCE;
  }

  /**
   * Whether a pause costs nothing. The first throws of a place take long, when all is cold, and come once; and what has once gone as far as
   * to be answered is what somebody is looking at, while what is always caught is what nobody debugs.
   *
   * @param place of the `throw`
   */
  isFree(place: string): boolean {
    const times = (this.timesThrown.get(place) ?? 0) + 1;
    if (this.timesThrown.size >= MOST_PLACES) this.timesThrown.clear();
    this.timesThrown.set(place, times);
    this.free += 1;
    this.turn ??= setImmediate(() => this.endTurn()).unref();
    return this.free <= MOST_FREE && (times <= RARE || this.answeredPlaces.has(place));
  }

  /** An error that was thrown there has been answered. */
  answered(place: string): void {
    this.answeredPlaces.add(place);
  }

  /** @param now from `performance.now()`, when the program was paused */
  earn(now: number): void {
    this.credit = Math.min(MOST_CREDIT, this.credit + SHARE * (now - this.earnedAt));
    this.earnedAt = now;
  }

  /** @param now when the program goes on @param cost of the pause, in milliseconds */
  pay(now: number, cost: number): void {
    this.earnedAt = now;
    this.credit = Math.max(-MOST_DEBT, this.credit - cost);
    this.spent += cost;
    if (this.credit <= 0 || this.spent >= MOST_PER_TURN) this.watch(false);
  }

  close(): void {
    clearImmediate(this.turn);
    clearTimeout(this.rest);
  }

  private endTurn(): void {
    this.turn = undefined;
    this.spent = 0;
    this.free = 0;
    this.earn(performance.now());
    if (this.credit >= ENOUGH) this.watch(true);
    else this.rest ??= setTimeout(() => this.endRest(), (ENOUGH - this.credit) / SHARE).unref();
  }

  private endRest(): void {
    this.rest = undefined;
    this.endTurn();
  }
}

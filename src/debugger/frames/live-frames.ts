import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Debugger, Session, url as openInspector } from 'node:inspector';
import { performance } from 'node:perf_hooks';
import { SourcePosition, sourcePosition } from './source-position';

/** Runs JavaScript in a frame, as a direct `eval` there does: it reads and assigns that frame's variables. */
export type Evaluate = (code: string) => unknown;

export interface LiveScope {
  /** As V8 calls it: `local`, `block`, `catch`, `closure` … */
  readonly kind: string;
  readonly names: readonly string[];
}

/** A call as it was when the error was thrown. It lives on for as long as this is kept. */
export interface LiveFrame extends SourcePosition {
  readonly function: string;
  /** The innermost first; that of the module comes last. */
  readonly scopes: readonly LiveScope[];
  readonly evaluate: Evaluate;
}

/** So many frames of a stack are kept, the innermost first. */
const MOST_FRAMES = 50;

/** Of libraries so many, the innermost: below each handler are dozens of Nest's and Express's calls, the same for each request. */
const MOST_LIBRARY_FRAMES = 5;

/**
 * What throws may cost, in milliseconds: so much at once, and a share of the time that the program runs itself. A page that throws and
 * catches all the time gets the frames of the first few errors, and stays within twice its time.
 */
const MOST_CREDIT = 2.5;
const SHARE = 0.1;

/** Of that in one turn of the event loop, so that something is left for the error after an `await`, or of the next request. */
const MOST_PER_TURN = 2;

/** With less credit left than this only frames of the project itself are kept, at a tenth of the cost. */
const SCARCE = 1.5;

/** The first pause of a process takes long, and nothing would be seen until that was earned. */
const MOST_DEBT = 2;

/** So many throws at one place cost nothing. */
const RARE = 2;

/** So many of those that cost nothing there are in one turn. */
const MOST_FREE = 10;

/** So many places are remembered; templates that are compiled for each page are new ones each time. */
const MOST_PLACES = 10_000;

/** In the address of the code that runs what was typed into a console. */
const CONSOLES = '/debugger/console/';

/** With so much there again after a burst, throws are watched again. */
const ENOUGH = 0.5;

/** What a pause costs before and after it can be timed, in milliseconds: V8 describes each call and each of its scopes. */
const PAUSE = 0.25;
const PAUSE_PER_CALL = 0.02;

/** Where an expression in a frame leaves what it has made; the inspector itself passes on descriptions only. */
const HAND_OVER = Symbol.for('microblog: hand over from a paused frame');

const KEY = `Symbol.for(${JSON.stringify(HAND_OVER.description)})`;

/** What the inspector says of the thrown value; its types leave that open. */
interface RemoteValue {
  readonly objectId?: string;
}

interface HandOver {
  thrown?: unknown;
  evaluate?: Evaluate;
  scopes?: readonly object[];
}

/** A frame as it is found at a throw, when there is no time to look more closely. */
interface FoundFrame {
  readonly url: string;
  readonly call: Debugger.CallFrame;
  readonly evaluate: Evaluate;
  readonly scopes: readonly FoundScope[];
}

interface FoundScope {
  readonly kind: string;
  readonly objectId: string;
  /** Whose properties are the variables, as they were then. */
  object?: object;
}

/**
 * Keeps the frames of what is thrown, for as long as the error itself is kept. It pauses the program at each throw with V8's own
 * debugger, in the same thread: while it is paused the frames are there, and a closure made in one stays its way in.
 */
@Injectable()
export class LiveFrames implements OnModuleDestroy {
  private readonly logger = new Logger(LiveFrames.name);
  private readonly found = new WeakMap<object, readonly FoundFrame[]>();
  private readonly scripts = new Map<string, string>();
  private readonly handOver: HandOver = {};
  private session?: Session;
  private resumedAt = 0;
  private credit = MOST_CREDIT;
  private watched?: 'all' | 'none';
  private spent = 0;
  /** By the place of the `throw`. */
  private readonly timesThrown = new Map<string, number>();
  private readonly answeredPlaces = new Set<string>();
  private readonly places = new WeakMap<object, string>();
  /** Throws of this turn that may cost nothing. */
  private free = 0;
  private turn?: NodeJS.Immediate;
  private rest?: NodeJS.Timeout;

  /** Why there are no locals, where there can be none. */
  absence?: string;

  /** Begins to watch throws; not beside another debugger, which would be paused at each of them. */
  open(): void {
    if (openInspector() !== undefined) {
      this.absence = 'Another debugger is attached to this process, so that local variables are left to it.';
      this.logger.warn(this.absence);
      return;
    }
    Object.defineProperty(globalThis, HAND_OVER, { value: this.handOver, configurable: true });
    const session = new Session();
    session.connect();
    session.on('Debugger.scriptParsed', ({ params }) => this.scripts.set(params.scriptId, params.url));
    session.on('Debugger.paused', ({ params }) => this.keep(params));
    session.post('Debugger.enable');
    this.session = session;
    this.watch('all');
  }

  onModuleDestroy(): void {
    clearImmediate(this.turn);
    clearTimeout(this.rest);
    this.session?.disconnect();
    this.session = undefined;
  }

  /** The frames of an error that was thrown lately, the innermost first; none where they were not kept. */
  of(error: unknown): readonly LiveFrame[] {
    if (!isObject(error)) return [];
    const place = this.places.get(error);
    if (place !== undefined) this.answeredPlaces.add(place);
    return this.found.get(error)?.map(liveFrame) ?? [];
  }

  private keep({ data, callFrames }: Debugger.PausedEventDataType): void {
    const began = performance.now();
    this.earn(began);
    const place = placeOf(callFrames);
    const isFree = this.isFree(place) || this.isTyped(callFrames);
    try {
      const thrown = this.thrownValue(data);
      if (thrown && !this.found.has(thrown)) {
        this.places.set(thrown, place);
        this.found.set(thrown, this.framesAt(callFrames, isFree));
      }
    } catch (error) {
      this.logger.warn(`The frames of an error could not be kept: ${String(error)}`);
    } finally {
      // What V8 has described it holds on to, until it is told to resume, which nobody does here, or this.
      this.post('Runtime.releaseObjectGroup', { objectGroup: 'backtrace' });
      this.resumedAt = performance.now();
      if (!isFree) this.pay(this.resumedAt - began + PAUSE + PAUSE_PER_CALL * callFrames.length);
    }
  }

  /**
   * The first throws of a place take long, when all is cold, and come once; and what has once gone as far as to be answered is what
   * somebody is looking at, while what is always caught is what nobody debugs.
   */
  private isFree(place: string): boolean {
    const times = (this.timesThrown.get(place) ?? 0) + 1;
    if (this.timesThrown.size >= MOST_PLACES) this.timesThrown.clear();
    this.timesThrown.set(place, times);
    this.free += 1;
    this.turn ??= setImmediate(() => this.endTurn()).unref();
    return this.free <= MOST_FREE && (times <= RARE || this.answeredPlaces.has(place));
  }

  /** A slip in a console is no page's, and takes nothing from the next one. */
  private isTyped(callFrames: readonly Debugger.CallFrame[]): boolean {
    return callFrames.some((call) => this.urlOf(call).includes(CONSOLES));
  }

  private urlOf({ url, location }: Debugger.CallFrame): string {
    return url || (this.scripts.get(location.scriptId) ?? '');
  }

  private earn(now: number): void {
    this.credit = Math.min(MOST_CREDIT, this.credit + SHARE * (now - this.resumedAt));
    this.resumedAt = now;
  }

  /**
   * The pause itself is what costs most, so that none is made until it can be paid for. What fails after a burst has its frames, unless
   * it does so in the same turn of the event loop, where nothing could end the rest.
   */
  private pay(cost: number): void {
    this.credit = Math.max(-MOST_DEBT, this.credit - cost);
    this.spent += cost;
    if (this.credit <= 0 || this.spent >= MOST_PER_TURN) this.watch('none');
  }

  private endTurn(): void {
    this.turn = undefined;
    this.spent = 0;
    this.free = 0;
    this.earn(performance.now());
    if (this.credit >= ENOUGH) this.watch('all');
    else this.rest ??= setTimeout(() => this.endRest(), (ENOUGH - this.credit) / SHARE).unref();
  }

  private endRest(): void {
    this.rest = undefined;
    this.endTurn();
  }

  private watch(state: 'all' | 'none'): void {
    if (!this.session || state === this.watched) return;
    this.watched = state;
    this.post('Debugger.setPauseOnExceptions', { state });
  }

  private thrownValue(data: RemoteValue | undefined): object | undefined {
    if (!data?.objectId) return undefined;
    this.post('Runtime.callFunctionOn', {
      objectId: data.objectId,
      functionDeclaration: `function () { globalThis[${KEY}].thrown = this; }`,
      silent: true,
    });
    const { thrown } = this.handOver;
    this.handOver.thrown = undefined;
    return isObject(thrown) ? thrown : undefined;
  }

  private framesAt(callFrames: readonly Debugger.CallFrame[], isFree: boolean): FoundFrame[] {
    let librariesLeft = this.credit < SCARCE && !isFree ? 0 : MOST_LIBRARY_FRAMES;
    const found = callFrames.slice(0, MOST_FRAMES).flatMap((call) => {
      const url = this.urlOf(call);
      const isOwn = !url.includes('/node_modules/');
      if (url === '' || url.startsWith('node:') || (!isOwn && librariesLeft-- <= 0)) return [];
      const evaluate = this.wayInto(call);
      return evaluate ? { url, call, evaluate, scopes: scopesOf(call, isOwn) } : [];
    });
    this.fetch(found.flatMap(({ scopes }) => scopes));
    return found;
  }

  private wayInto({ callFrameId }: Debugger.CallFrame): Evaluate | undefined {
    this.post('Debugger.evaluateOnCallFrame', {
      callFrameId,
      // Whatever it were to answer with, the inspector would hold on to, and all that the frame holds with it.
      expression: `void (globalThis[${KEY}].evaluate = (code) => eval(code))`,
      silent: true,
    });
    const { evaluate } = this.handOver;
    this.handOver.evaluate = undefined;
    return evaluate;
  }

  /** All at once: to ask the inspector costs more than what it does. */
  private fetch(scopes: readonly FoundScope[]): void {
    const [first] = scopes;
    if (!first) return;
    this.post('Runtime.callFunctionOn', {
      objectId: first.objectId,
      functionDeclaration: `function (...scopes) { globalThis[${KEY}].scopes = scopes; }`,
      arguments: scopes.map(({ objectId }) => ({ objectId })),
      silent: true,
    });
    scopes.forEach((scope, index) => (scope.object = this.handOver.scopes?.[index]));
    this.handOver.scopes = undefined;
  }

  /** A session in the same thread answers before `post` returns. */
  private post(method: string, params: object): unknown {
    let [failure, answer]: unknown[] = [];
    this.session?.post(method, params, (error, result) => ([failure, answer] = [error, result]));
    if (failure) throw new Error(`${method}: ${(failure as Error).message}`);
    return answer;
  }
}

/** Where it was thrown. */
function placeOf([innermost]: readonly Debugger.CallFrame[]): string {
  const { scriptId = '', lineNumber = 0, columnNumber = 0 } = innermost?.location ?? {};
  return `${scriptId}:${lineNumber}:${columnNumber}`;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Of a library only what belongs to the call itself: its modules are large, and nobody's to look into. */
function scopesOf({ scopeChain }: Debugger.CallFrame, isOwn: boolean): FoundScope[] {
  return scopeChain
    .filter(({ type }) => type !== 'global' && (isOwn || type !== 'closure'))
    .flatMap(({ type, object: { objectId } }) => (objectId === undefined ? [] : { kind: type, objectId }));
}

/** Source maps are read, which takes long, for errors that are answered only. */
function liveFrame({ url, call: { functionName, location }, evaluate, scopes }: FoundFrame): LiveFrame {
  return {
    ...sourcePosition(url, location.lineNumber, location.columnNumber ?? 0),
    function: functionName,
    scopes: scopes.map(({ kind, object = {} }) => ({ kind, names: Object.keys(object) })),
    evaluate,
  };
}

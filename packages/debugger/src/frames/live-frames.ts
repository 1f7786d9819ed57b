import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Debugger, url as openInspector } from 'node:inspector';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Evaluate, FoundScope, Inspector } from './inspector';
import { PauseBudget } from './pause-budget';
import { SourcePosition, sourcePosition } from './source-position';

export interface LiveScope {
  /** As V8 calls it: `local`, `block`, `catch`, `closure` … */
  readonly kind: string;
  readonly names: readonly string[];
}

/** A call as it was when the error was thrown. Its variables stay alive for as long as this object does. */
export interface LiveFrame extends SourcePosition {
  readonly function: string;
  /** The innermost first; that of the module comes last. */
  readonly scopes: readonly LiveScope[];
  readonly evaluate: Evaluate;
}

/** A frame as it is found at a throw, when there is no time to look more closely. */
interface FoundFrame {
  readonly url: string;
  readonly call: Debugger.CallFrame;
  readonly evaluate: Evaluate;
  readonly scopes: readonly FoundScope[];
}

/** How many frames of a stack are kept, the innermost first. */
const MOST_FRAMES = 50;

/** How many frames of libraries are kept of an error that may still be caught: dozens of Nest's and Express's calls are below each handler. */
const FEW_LIBRARY_FRAMES = 5;

/** In the address of the code that runs what was typed into a console. */
const CONSOLES = pathToFileURL(join(__dirname, '../console/')).pathname;

/** The cost of a pause that cannot be timed, in which V8 describes each call and each of its scopes. */
const PAUSE_OVERHEAD_MS = 0.25;
const OVERHEAD_PER_CALL_MS = 0.02;

/**
 * Keeps the frames of what is thrown, for as long as the error itself is kept. It pauses the program at each throw: while it is paused the
 * frames are there, and a closure made in one stays its way in.
 */
@Injectable()
export class LiveFrames implements OnModuleDestroy {
  private readonly logger = new Logger(LiveFrames.name);
  private readonly found = new WeakMap<object, readonly FoundFrame[]>();
  private readonly places = new WeakMap<object, string>();
  private readonly budget = new PauseBudget((isOn) => this.inspector?.watch(isOn));
  private inspector?: Inspector;

  /** Why there are no locals, where there can be none. */
  localsUnavailableReason?: string;

  /** Begins to watch throws, unless another debugger is attached: it would be paused at each of them. */
  open(): void {
    if (openInspector() !== undefined) {
      this.localsUnavailableReason =
        'Another debugger is attached to this process, so that local variables are left to it.';
      this.logger.warn(this.localsUnavailableReason);
      return;
    }
    this.inspector = new Inspector((event) => this.paused(event));
    this.inspector.watch(true);
  }

  onModuleDestroy(): void {
    this.budget.close();
    this.inspector?.close();
    this.inspector = undefined;
  }

  /** The frames of an error that is being answered, the innermost first; none where they were not kept. */
  of(error: unknown): readonly LiveFrame[] {
    if (!isObject(error)) return [];
    const place = this.places.get(error);
    if (place !== undefined) this.budget.answered(place);
    return this.found.get(error)?.map(liveFrame) ?? [];
  }

  /**
   * Runs code of the debugger that often throws and catches. Pausing at those errors would use up the budget for pauses, and leave the next error
   * of the application without its frames.
   *
   * @param run must be synchronous
   */
  unwatched<T>(run: () => T): T {
    const { inspector } = this;
    if (!inspector?.isWatching) return run();
    inspector.watch(false);
    try {
      return run();
    } finally {
      inspector.watch(true);
    }
  }

  private paused({ data, callFrames }: Debugger.PausedEventDataType): void {
    const { inspector, budget } = this;
    if (!inspector) return;
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    budget.refill(began);
    const place = placeOf(callFrames);
    // An error typed into a console belongs to no page, and uses up no budget.
    const isTyped = callFrames.some((call) => inspector.urlOf(call).includes(CONSOLES));
    const isExempt = budget.isExempt(place) || isTyped;
    try {
      const thrown = inspector.thrownValue(data);
      if (isObject(thrown) && !this.found.has(thrown)) {
        this.places.set(thrown, place);
        this.found.set(thrown, framesAt(callFrames, inspector, this.librariesToKeep(isExempt)));
      }
    } catch (error) {
      this.logger.warn(`The frames of an error could not be kept: ${String(error)}`);
    } finally {
      inspector.release();
      const now = performance.now();
      const { user, system } = process.cpuUsage(cpuBefore);
      // On a busy machine most of the time may have gone to other processes, which no pause takes anything from.
      const cost = Math.min(now - began, (user + system) / 1_000);
      budget.spend(now, isExempt ? 0 : cost + PAUSE_OVERHEAD_MS + OVERHEAD_PER_CALL_MS * callFrames.length);
    }
  }

  private librariesToKeep(isExempt: boolean): number {
    if (isExempt) return MOST_FRAMES;
    return this.budget.isLow ? 0 : FEW_LIBRARY_FRAMES;
  }
}

function framesAt(
  callFrames: readonly Debugger.CallFrame[],
  inspector: Inspector,
  librariesToKeep: number,
): FoundFrame[] {
  let librariesLeft = librariesToKeep;
  const found = callFrames.slice(0, MOST_FRAMES).flatMap((call) => {
    const url = inspector.urlOf(call);
    const isOwn = !url.includes('/node_modules/');
    if (url === '' || url.startsWith('node:') || (!isOwn && librariesLeft-- <= 0)) return [];
    const evaluate = inspector.evaluatorFor(call);
    return evaluate ? { url, call, evaluate, scopes: scopesOf(call, isOwn) } : [];
  });
  inspector.loadScopes(found.flatMap(({ scopes }) => scopes));
  return found;
}

/** For libraries only the scopes of the call itself, since their modules are large and rarely of interest. */
function scopesOf({ scopeChain }: Debugger.CallFrame, isOwn: boolean): FoundScope[] {
  return scopeChain
    .filter(({ type }) => type !== 'global' && (isOwn || type !== 'closure'))
    .flatMap(({ type, object: { objectId } }) => (objectId === undefined ? [] : { kind: type, objectId }));
}

/** Reads source maps, which is slow, so this is done only for errors that are answered. */
function liveFrame({ url, call: { functionName, location }, evaluate, scopes }: FoundFrame): LiveFrame {
  return {
    ...sourcePosition(url, location.lineNumber, location.columnNumber ?? 0),
    function: functionName,
    scopes: scopes.map(({ kind, object = {} }) => ({ kind, names: Object.keys(object) })),
    evaluate,
  };
}

/** Where it was thrown. */
function placeOf([innermost]: readonly Debugger.CallFrame[]): string {
  const { scriptId = '', lineNumber = 0, columnNumber = 0 } = innermost?.location ?? {};
  return `${scriptId}:${lineNumber}:${columnNumber}`;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

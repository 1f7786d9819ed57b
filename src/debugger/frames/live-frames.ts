import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Debugger, Runtime, Session, url as openInspector } from 'node:inspector';
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

/**
 * What throws may cost, in milliseconds: so much at once, and half of the time that the program runs itself. A page that throws and
 * catches all the time gets the frames of the first few errors, and stays within twice its time.
 */
const MOST_CREDIT = 4;
const SHARE = 0.5;

/** With less credit left than this only frames of the project itself are kept, at a tenth of the cost. */
const SCARCE = 2;

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
}

/**
 * Keeps the frames of what is thrown, for as long as the error itself is kept. It pauses the program at each throw with V8's own
 * debugger, in the same thread: while it is paused the frames are there, and a closure made in one stays its way in.
 */
@Injectable()
export class LiveFrames implements OnModuleDestroy {
  private readonly logger = new Logger(LiveFrames.name);
  private readonly frames = new WeakMap<object, readonly LiveFrame[]>();
  private readonly scripts = new Map<string, string>();
  private readonly handOver: HandOver = {};
  private session?: Session;
  private resumedAt = 0;
  private credit = MOST_CREDIT;

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
    session.post('Debugger.setPauseOnExceptions', { state: 'all' });
    this.session = session;
  }

  onModuleDestroy(): void {
    this.session?.disconnect();
    this.session = undefined;
  }

  /** The frames of an error that was thrown lately, the innermost first; none where they were not kept. */
  of(error: unknown): readonly LiveFrame[] {
    return (isObject(error) ? this.frames.get(error) : undefined) ?? [];
  }

  private keep({ data, callFrames }: Debugger.PausedEventDataType): void {
    const began = performance.now();
    this.credit = Math.min(MOST_CREDIT, this.credit + SHARE * (began - this.resumedAt));
    try {
      const thrown = this.thrownValue(data);
      if (this.credit > 0 && thrown && !this.frames.has(thrown))
        this.frames.set(thrown, this.framesAt(callFrames));
    } catch (error) {
      this.logger.warn(`The frames of an error could not be kept: ${String(error)}`);
    } finally {
      this.resumedAt = performance.now();
      this.credit -= this.resumedAt - began;
    }
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

  private framesAt(callFrames: readonly Debugger.CallFrame[]): LiveFrame[] {
    const isScarce = this.credit < SCARCE;
    return callFrames.slice(0, MOST_FRAMES).flatMap((frame) => {
      const url = frame.url || (this.scripts.get(frame.location.scriptId) ?? '');
      const isOwn = !url.includes('/node_modules/');
      if (url === '' || url.startsWith('node:') || (isScarce && !isOwn)) return [];
      const evaluate = this.wayInto(frame);
      if (!evaluate) return [];
      const { lineNumber, columnNumber = 0 } = frame.location;
      return {
        ...sourcePosition(url, lineNumber, columnNumber),
        function: frame.functionName,
        scopes: this.scopesOf(frame, isOwn),
        evaluate,
      };
    });
  }

  private wayInto({ callFrameId }: Debugger.CallFrame): Evaluate | undefined {
    this.post('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: `globalThis[${KEY}].evaluate = (code) => eval(code)`,
      silent: true,
    });
    const { evaluate } = this.handOver;
    this.handOver.evaluate = undefined;
    return evaluate;
  }

  /** Of a library only what belongs to the call itself: its modules are large, and nobody's to look into. */
  private scopesOf({ scopeChain }: Debugger.CallFrame, isOwn: boolean): LiveScope[] {
    return scopeChain
      .filter(({ type }) => type !== 'global' && (isOwn || type !== 'closure'))
      .map(({ type, object: { objectId } }) => {
        if (objectId === undefined) return { kind: type, names: [] };
        const functionDeclaration = 'function () { return Object.keys(this); }';
        const called = this.post('Runtime.callFunctionOn', {
          objectId,
          functionDeclaration,
          returnByValue: true,
        });
        const { result } = called as Runtime.CallFunctionOnReturnType;
        return { kind: type, names: result.value as string[] };
      });
  }

  /** A session in the same thread answers before `post` returns. */
  private post(method: string, params: object): unknown {
    let [failure, answer]: unknown[] = [];
    this.session?.post(method, params, (error, result) => ([failure, answer] = [error, result]));
    if (failure) throw new Error(`${method}: ${(failure as Error).message}`);
    return answer;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

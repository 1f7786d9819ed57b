import { Debugger, Session } from 'node:inspector';

/** Runs JavaScript in a frame, as a direct `eval` there does: it reads and assigns that frame's variables. */
export type Evaluate = (code: string) => unknown;

/** A scope of a call. */
export interface FoundScope {
  readonly kind: string;
  readonly objectId: string;
  /** Whose properties are the variables, as they were then; once it is fetched. */
  object?: object;
}

/** Where an expression in a frame leaves what it has made; the inspector itself passes on descriptions only. */
const MAILBOX = Symbol.for('@microblog/debugger: value of a paused frame');

const KEY = `Symbol.for(${JSON.stringify(MAILBOX.description)})`;

interface Mailbox {
  thrown?: unknown;
  evaluate?: Evaluate;
  scopes?: readonly object[];
}

/** V8's own debugger, in the same thread: it answers before a call returns, and its handler runs while the program is paused. */
export class Inspector {
  private readonly session = new Session();
  private readonly scripts = new Map<string, string>();
  private readonly mailbox: Mailbox = {};
  private isWatching = false;

  /** @param onPause is called at each throw, while the program is paused */
  constructor(onPause: (event: Debugger.PausedEventDataType) => void) {
    Object.defineProperty(globalThis, MAILBOX, { value: this.mailbox, configurable: true });
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params }) => this.scripts.set(params.scriptId, params.url));
    this.session.on('Debugger.paused', ({ params }) => onPause(params));
    this.session.post('Debugger.enable');
  }

  /** Pauses at each throw, caught or not, or at none: a framework catches them all. */
  watch(isOn: boolean): void {
    if (isOn === this.isWatching) return;
    this.isWatching = isOn;
    this.post('Debugger.setPauseOnExceptions', { state: isOn ? 'all' : 'none' });
  }

  close(): void {
    this.session.disconnect();
  }

  /** The address of the script of a call; empty where it has none. */
  urlOf({ url, location }: Debugger.CallFrame): string {
    return url || (this.scripts.get(location.scriptId) ?? '');
  }

  /** What was thrown. @param data as the event of the pause has it, whose types leave it open */
  thrownValue(data: unknown): unknown {
    const { objectId } = (data ?? {}) as { objectId?: string };
    if (!objectId) return undefined;
    const functionDeclaration = `function () { globalThis[${KEY}].thrown = this; }`;
    this.post('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true });
    return this.taken('thrown');
  }

  /** A closure made in a call, which stays the way into it. */
  evaluatorFor({ callFrameId }: Debugger.CallFrame): Evaluate | undefined {
    // Whatever it were to answer with, the inspector would hold on to, and all that the frame holds with it.
    const expression = `void (globalThis[${KEY}].evaluate = (code) => eval(code))`;
    this.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, silent: true });
    return this.taken('evaluate') as Evaluate | undefined;
  }

  /** Fetches the objects of scopes, all at once: to ask the inspector costs more than what it does. */
  fetch(scopes: readonly FoundScope[]): void {
    const [first] = scopes;
    if (!first) return;
    this.post('Runtime.callFunctionOn', {
      objectId: first.objectId,
      functionDeclaration: `function (...scopes) { globalThis[${KEY}].scopes = scopes; }`,
      arguments: scopes.map(({ objectId }) => ({ objectId })),
      silent: true,
    });
    const objects = this.taken('scopes') as readonly object[] | undefined;
    scopes.forEach((scope, index) => (scope.object = objects?.[index]));
  }

  /** Lets go of what V8 has described, which it does by itself only when it is told to resume. */
  release(): void {
    this.post('Runtime.releaseObjectGroup', { objectGroup: 'backtrace' });
  }

  private taken(name: keyof Mailbox): unknown {
    const value = this.mailbox[name];
    this.mailbox[name] = undefined;
    return value;
  }

  private post(method: string, params: object): void {
    const failures: Error[] = [];
    this.session.post(method, params, (error: Error | null) => {
      if (error) failures.push(error);
    });
    for (const { message } of failures) throw new Error(`${method}: ${message}`);
  }
}

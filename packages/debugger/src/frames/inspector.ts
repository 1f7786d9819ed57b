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
  private watching = false;

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
    if (isOn === this.watching) return;
    this.watching = isOn;
    this.post('Debugger.setPauseOnExceptions', { state: isOn ? 'all' : 'none' });
  }

  get isWatching(): boolean {
    return this.watching;
  }

  close(): void {
    this.session.disconnect();
  }

  /** URL of the script of a call; empty if it has none. */
  urlOf({ url, location }: Debugger.CallFrame): string {
    return url || (this.scripts.get(location.scriptId) ?? '');
  }

  /** @param data of the pause event, untyped there */
  thrownValue(data: unknown): unknown {
    const { objectId } = (data ?? {}) as { objectId?: string };
    if (!objectId) return undefined;
    const functionDeclaration = `function () { globalThis[${KEY}].thrown = this; }`;
    this.post('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true });
    return this.takeResult('thrown');
  }

  /** A closure created in the frame: through it code can be run there after the pause as well. */
  evaluatorFor({ callFrameId }: Debugger.CallFrame): Evaluate | undefined {
    // `void`: the inspector would keep the result alive, and with it everything that the frame refers to.
    const expression = `void (globalThis[${KEY}].evaluate = (code) => eval(code))`;
    this.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, silent: true });
    return this.takeResult('evaluate') as Evaluate | undefined;
  }

  /** Loads the objects of all scopes in one call, since each call to the inspector is expensive. */
  loadScopes(scopes: readonly FoundScope[]): void {
    const [first] = scopes;
    if (!first) return;
    this.post('Runtime.callFunctionOn', {
      objectId: first.objectId,
      functionDeclaration: `function (...scopes) { globalThis[${KEY}].scopes = scopes; }`,
      arguments: scopes.map(({ objectId }) => ({ objectId })),
      silent: true,
    });
    const objects = this.takeResult('scopes') as readonly object[] | undefined;
    scopes.forEach((scope, index) => (scope.object = objects?.[index]));
  }

  /** V8 would release these by itself only when told to resume. */
  release(): void {
    this.post('Runtime.releaseObjectGroup', { objectGroup: 'backtrace' });
  }

  private takeResult(name: keyof Mailbox): unknown {
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

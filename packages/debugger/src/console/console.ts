import { types } from 'node:util';
import type { Evaluate } from '../frames/inspector';
import { InspectedValue, ValueInspector, previewOf } from '../value-inspector';
import { IncompleteCodeError, consoleCode } from './console-code';

/** The result of an input. */
export type Outcome =
  | { readonly value: InspectedValue }
  /** What was thrown, in a line. */
  | { readonly error: string }
  /** Whether the input is incomplete. */
  | { readonly incomplete: true };

/** How long an `await` may take before the console answers anyway. */
const AWAIT_TIMEOUT_MS = 30_000;

/** Where the code that runs in a frame finds the console that it belongs to. */
const CONSOLE = Symbol.for('@microblog/debugger: console');

/**
 * A console in a frame: JavaScript with `await`, which reads and assigns the variables of the frame. What it declares itself is kept
 * from one input to the next, and `_` is what the last one came to.
 */
export class Console {
  private readonly variables: Record<string, unknown> = { _: undefined };

  /** @param given variables that the frame does not have */
  constructor(
    private readonly evaluateInFrame: Evaluate,
    private readonly values: ValueInspector,
    given: Readonly<Record<string, unknown>> = {},
  ) {
    Object.assign(this.variables, given);
  }

  async evaluate(typed: string): Promise<Outcome> {
    try {
      const value = await this.run(typed);
      this.variables._ = value.result;
      return { value: this.values.inspect(value.result) };
    } catch (error) {
      return error instanceof IncompleteCodeError ? { incomplete: true } : { error: thrownInALine(error) };
    }
  }

  /** The result is wrapped, since a promise that is a result is to be shown, not waited for. */
  private async run(typed: string): Promise<{ result: unknown }> {
    const { body, declared } = consoleCode(typed, '$__result');
    const names = [...new Set([...Object.keys(this.variables), ...declared])];
    const outcome: { result: unknown } = { result: undefined };
    const bridge = {
      variables: this.variables,
      result: (result: unknown) => {
        outcome.result = result;
      },
    };
    const bridges = globalThis as unknown as Record<symbol, unknown>;
    bridges[CONSOLE] = bridge;
    let running: unknown;
    try {
      running = this.evaluateInFrame(asFunction(body, names));
    } finally {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- nothing of the console stays behind
      delete bridges[CONSOLE];
    }
    await withTimeout(running);
    return outcome;
  }
}

/**
 * An async function, called at once. It begins with the variables of the console as variables of its own, and gives them back at the
 * end, also when it throws; everything else is found in the frame around it.
 */
function asFunction(body: string, names: readonly string[]): string {
  const found = '$__console';
  const begin = names.map((name) => `${name} = ${found}.variables.${name}`).join(', ');
  const end = names.map((name) => `${found}.variables.${name} = ${name};`).join(' ');
  return `(async (${found}, $__result) => { let ${begin}; try {
${body}
} finally { ${end} } })(...(({ variables, result }) => [{ variables }, result])(globalThis[Symbol.for(${JSON.stringify(CONSOLE.description)})]))`;
}

/** Also errors of another realm, or of a parser with properties of its own. */
function thrownInALine(thrown: unknown): string {
  return types.isNativeError(thrown) ? `${thrown.name}: ${thrown.message}` : previewOf(thrown);
}

async function withTimeout(running: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Still waiting after ${AWAIT_TIMEOUT_MS / 1_000} seconds.`)),
      AWAIT_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Console } from './console/console';
import { LiveFrame } from './frames/live-frames';
import { importsOf, localsOf } from './frames/locals';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { ValueInspector } from './value-inspector';
import { ErrorTracebacks, TracedScope } from './traceback';

/** How many errors are kept, with everything that their frames refer to. */
const MAX_KEPT = 10;

/** An error that was answered lately. */
export class RecentError {
  readonly id = randomBytes(12).toString('hex');
  readonly values: ValueInspector;
  /** What is known of it, and the same without secrets; set as soon as it is made, since it names this error. */
  tracebacks?: ErrorTracebacks;
  private readonly frames: LiveFrame[] = [];
  private readonly consoles = new Map<number, Console>();

  /** @param hidden secrets of the application */
  constructor(hidden: readonly string[]) {
    this.values = new ValueInspector(hidden);
  }

  /** @returns the number of the frame, under which it is asked for */
  keep(frame: LiveFrame): number {
    return this.frames.push(frame) - 1;
  }

  locals(number: number): TracedScope[] | undefined {
    const frame = this.frames[number];
    return (
      frame &&
      localsOf(frame).map(({ title, variables }) => ({
        title,
        variables: variables.map(([name, value]) => ({ name, value: this.values.inspect(value) })),
      }))
    );
  }

  console(number: number): Console | undefined {
    const frame = this.frames[number];
    if (!frame) return undefined;
    const known = this.consoles.get(number);
    if (known) return known;
    const console = new Console(frame.evaluate, this.values, importsOf(frame));
    this.consoles.set(number, console);
    return console;
  }
}

/** The last ten errors; older ones are let go. */
@Injectable()
export class RecentErrors {
  private readonly errors = new Map<string, RecentError>();

  private readonly secrets: readonly string[];

  constructor(@Inject(DEBUGGER_OPTIONS) { secrets = [] }: DebuggerOptions) {
    this.secrets = secrets;
  }

  add(): RecentError {
    const error = new RecentError(this.secrets);
    this.errors.set(error.id, error);
    const [oldest] = this.errors.keys();
    if (this.errors.size > MAX_KEPT && oldest !== undefined) this.errors.delete(oldest);
    return error;
  }

  get(id: string): RecentError | undefined {
    return this.errors.get(id);
  }
}

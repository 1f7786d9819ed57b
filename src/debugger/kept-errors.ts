import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Environment } from '../config/environment';
import { Console } from './console/console';
import { LiveFrame } from './frames/live-frames';
import { importsOf, localsOf } from './frames/locals';
import { InspectedValues } from './inspected-value';
import { ErrorTracebacks, TracedScope } from './traceback';

/** So many errors are kept, with everything that their frames hold on to. */
const MAX_KEPT = 10;

/** An error that was answered lately. */
export class KeptError {
  readonly id = randomBytes(12).toString('hex');
  readonly values: InspectedValues;
  /** What is known of it, and the same without secrets; set as soon as it is made, since it names this error. */
  account?: ErrorTracebacks;
  private readonly frames: LiveFrame[] = [];
  private readonly consoles = new Map<number, Console>();

  /** @param hidden secrets of the application */
  constructor(hidden: readonly string[]) {
    this.values = new InspectedValues(hidden);
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
        variables: variables.map(([name, value]) => ({ name, value: this.values.look(value) })),
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
export class KeptErrors {
  private readonly errors = new Map<string, KeptError>();

  constructor(private readonly environment: Environment) {}

  add(): KeptError {
    const error = new KeptError(this.environment.secrets);
    this.errors.set(error.id, error);
    const [oldest] = this.errors.keys();
    if (this.errors.size > MAX_KEPT && oldest !== undefined) this.errors.delete(oldest);
    return error;
  }

  get(id: string): KeptError | undefined {
    return this.errors.get(id);
  }
}

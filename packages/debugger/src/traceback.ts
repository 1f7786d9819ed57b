import { SourceLine, StackFrame } from '@microblog/error-report';
import { InspectedValue } from './value-inspector';

/** Everything that is known of an error that was just answered, as plain data for a page or a text. */
export interface Traceback {
  /** Of this error among those that are kept. */
  readonly id: string;
  /** The status of the answer. */
  readonly status: number;
  /** As in the log. */
  readonly reference?: string;
  readonly at: Date;
  /** Oldest cause first; the last one is what reached the exception filter. */
  readonly errors: readonly TracedError[];
  /** As it came, secrets hidden; absent where the error has none. */
  readonly request: TracedRequest;
  readonly queries: readonly TracedQuery[];
  /** What the application logged during the request, in order, secrets hidden. */
  readonly logLines: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  /** Why no frame has locals, where that is so. */
  readonly localsUnavailableReason?: string;
}

/** An error in full, and without secrets. */
export interface ErrorTracebacks {
  readonly traceback: Traceback;
  /** The same with secrets masked in the variables too: before the PIN is given, and to be passed on. */
  readonly shareable: Traceback;
}

export interface TracedError {
  /** Such as `TypeError`. */
  readonly name: string;
  readonly message: string;
  /** The innermost first. */
  readonly frames: readonly TracedFrame[];
  /** What database and system errors tell beyond the message. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface TracedFrame extends StackFrame {
  /** Five lines on each side; none where the source cannot be read. */
  readonly source: readonly SourceLine[];
  /** Opens the file at the line in the editor; absent where the file is not there. */
  readonly editorUrl?: string;
  /** The frame as it was at the throw; absent for one that waited in an `await`, of Node, or that was not kept. */
  readonly live?: TracedLiveFrame;
}

export interface TracedLiveFrame {
  /** Under which its console is asked. */
  readonly number: number;
  /** Scope by scope, the innermost first. */
  readonly scopes: readonly TracedScope[];
}

export interface TracedScope {
  /** `this`, the block, the function, the functions around it, the module. */
  readonly title: string;
  readonly variables: readonly TracedVariable[];
}

export interface TracedVariable {
  readonly name: string;
  readonly value: InspectedValue;
  /** Its preview without secrets, where that is known already. */
  readonly masked?: string;
}

export interface TracedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of the body, as they were typed. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly user?: string;
}

export interface TracedQuery {
  readonly sql: string;
  readonly parameters: string;
  readonly milliseconds: number;
}

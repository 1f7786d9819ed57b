import {
  Redactor,
  SerializedError,
  StackFrame,
  redactError,
  serializeError,
  sourceExcerpt,
} from '@microblog/error-report';

/** Calls of the project that are shown with their source. */
const MAX_EXCERPTS = 5;
const LINES_AROUND = 3;

/** Why the application does not start, as the page shows it. */
export interface StartFailure {
  /** Such as `TypeError: x is not a function`, or what is wrong with a setting. */
  readonly message: string;
  /** Whether the settings are wrong, and not the code. */
  readonly isSetting: boolean;
  /** The error itself and its causes, with the calls of the project; none where the message says all. */
  readonly errors: readonly ShownError[];
}

interface ShownError {
  readonly title: string;
  readonly places: readonly ShownPlace[];
}

interface ShownPlace {
  readonly function: string;
  /** Such as `src/posts/feed.ts:12:5`. */
  readonly place: string;
  /** Numbered lines with a mark at the one of the call; empty where the file cannot be read. */
  readonly source: string;
}

/** What the application knows of its failure. */
export interface StartFailureDetails {
  /** The error in one line, where that says everything. */
  readonly problem?: string;
  /** Whether the settings are wrong, and not the code. */
  readonly isSetting?: boolean;
  /** Values that are not shown. */
  readonly secrets?: readonly string[];
}

export function describeStartFailure(
  error: unknown,
  { problem, isSetting = false, secrets = [] }: StartFailureDetails,
): StartFailure {
  const redactor = new Redactor(secrets);
  const described = redactError(serializeError(error), redactor);
  if (problem !== undefined) return { message: redactor.redactText(problem), isSetting, errors: [] };
  return {
    message: titleOf(described),
    isSetting,
    errors: [described, ...described.causes].map(shownError),
  };
}

function shownError(error: SerializedError): ShownError {
  const own = error.frames.filter(({ isOwn }) => isOwn);
  return { title: titleOf(error), places: own.slice(0, MAX_EXCERPTS).map(shownPlace) };
}

function titleOf({ name, message }: SerializedError): string {
  return `${name}: ${message}`;
}

function shownPlace(frame: StackFrame): ShownPlace {
  const lines = sourceExcerpt(frame, LINES_AROUND);
  const width = String(lines.at(-1)?.line ?? '').length;
  const source = lines
    .map(({ line, text, isCurrent }) => `${isCurrent ? '>' : ' '} ${String(line).padStart(width)} | ${text}`)
    .join('\n');
  return { function: frame.function, place: `${frame.file}:${frame.line}:${frame.column}`, source };
}

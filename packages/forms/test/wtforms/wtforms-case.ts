/** Values by the names that WTForms has for them. */
export type Named<T = unknown> = Readonly<Record<string, T>>;

/** One test of WTForms as data: what goes in, and what came out in Python. */
export interface WtformsCase {
  readonly id: string;
  readonly kind: string;
  readonly validator: string;
  readonly args?: Named;
  readonly valid?: boolean;
  readonly flags?: Named;
  /** Whether validators behind it were left out. */
  readonly stops_chain?: boolean;
  readonly message_observed?: string;
  /** What the test itself asks of the message; of a form, by the name of the field. */
  readonly message_if_stated?: string | Named<readonly string[]>;
  /** How `message_if_stated` is meant where it is not the whole message. */
  readonly message_match?: string;

  /** Unit: the value, and what was sent for it. */
  readonly value?: unknown;
  readonly raw?: readonly unknown[] | null;
  readonly raw_present?: unknown;

  /** Compare. */
  readonly values?: ComparedValues;

  /** Constructor. */
  readonly constructor_error?: string;

  /** Form. */
  readonly fields?: Named<FieldOfCase>;
  readonly formdata?: Named<readonly string[]> | null;
  readonly data?: Named | null;
  readonly html?: Named<string>;
  readonly errors_observed?: Named<readonly string[]>;
  readonly raises?: string;
}

export interface ComparedValues {
  readonly field: unknown;
  readonly other: unknown;
  readonly other_name: string;
  readonly other_label?: string;
}

export interface FieldOfCase {
  readonly type: string;
  readonly args?: Named;
}

const LONGEST = 160;

/** Such as `wt-107 unit Length: refuses "foobar" with {"min":-1,"max":5}`. */
export function titleOf(given: WtformsCase): string {
  const title = `${given.id} ${given.kind} ${given.validator}: ${outcomeOf(given)} ${inputOf(given)}`.trim();
  return title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title;
}

function outcomeOf({ kind, valid, raises, html }: WtformsCase): string {
  if (raises) return `raises ${raises} with`;
  if (kind === 'flags') return 'flags of';
  if (valid === undefined) return html ? 'shows' : 'declares';
  return valid ? 'takes' : 'refuses';
}

function inputOf({ kind, args = {}, value, values, fields, formdata, data }: WtformsCase): string {
  const withArgs = Object.keys(args).length > 0 ? `with ${JSON.stringify(args)}` : '';
  if (kind === 'unit') return `${JSON.stringify(value)} ${withArgs}`;
  if (kind === 'compare') return `${JSON.stringify(values)} ${withArgs}`;
  if (!fields) return JSON.stringify(args);
  const names = Object.entries(fields).map(([name, { type }]) => `${type} ${name}`);
  const sent = formdata ? `sent ${JSON.stringify(formdata)}` : '';
  return [names.join(', '), sent, data ? `of ${JSON.stringify(data)}` : ''].filter(Boolean).join(' ');
}

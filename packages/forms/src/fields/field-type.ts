import { Flags } from './flags';

/** One of the things to choose from. */
export interface Choice {
  readonly value: string | number;
  /** Its value where left out. */
  readonly label?: string;
  readonly isDisabled?: boolean;
  /** The heading under which a select shows it, together with its neighbours of the same group. */
  readonly group?: string;
}

/** A text alone is a choice with that value. */
export type Choices = readonly (Choice | string)[];

/** What a kind may know of the field that it converts or checks. */
export interface FieldContent {
  readonly name: string;
  /** What was sent: a string or several from a browser, anything from JSON, undefined where nothing was. */
  readonly sent: unknown;
  /** The value, converted. */
  readonly data: unknown;
  readonly flags: Flags;
  readonly choices: readonly Choice[];
  readonly errors: readonly string[];
  /** Whether it came as JSON, where a browser sends texts only. */
  readonly isJson: boolean;
}

/** What a field is: the control that it has on the page, and how what was typed becomes a value. */
export interface FieldType {
  readonly element: 'input' | 'textarea' | 'select' | 'radio' | 'checkbox' | 'button' | 'form' | 'list';
  /** The `type` of an input. */
  readonly type?: string;
  /** The flags that the control knows as attributes. */
  readonly attributeFlags: readonly string[];
  /** Flags that a field of this kind has whatever its validators say. */
  readonly flags?: Flags;
  /** Attributes that the control always has. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Whether what was typed is shown again with a form that is refused; unless it is set to false, it is. */
  readonly isShownAgain?: boolean;
  /** What was typed is a secret: it is never shown again, and hidden from logs, mails and the debugger by the name of its field. */
  readonly isSecret?: boolean;
  /** The value of a field that has none. */
  readonly empty: unknown;
  /** The value when nothing was sent, of a control that a browser leaves out then; others keep the value of the DTO. */
  readonly absent?: unknown;

  /**
   * Makes a value of what was sent: a string from a browser, anything from JSON.
   *
   * @throws ValidationError when it is none
   */
  convert(sent: unknown, field: FieldContent): unknown;

  /** A value as text, as a person would have typed it; undefined where it has none. */
  format(value: unknown): string | undefined;

  /** An attribute made of a flag, where it is not the flag itself; undefined for none. */
  attribute?(flag: string, value: unknown, flags: Flags): unknown;

  /** Runs before the validators. @throws ValidationError or StopValidation */
  preValidate?(field: FieldContent): void;

  /** Runs after the validators, stopped or not. @throws ValidationError */
  postValidate?(field: FieldContent, isStopped: boolean): void;
}

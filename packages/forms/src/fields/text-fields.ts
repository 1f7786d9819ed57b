import { StopValidation, ValidationError } from '../validation/validation-errors';
import { inputRefuses, inputText } from './browser-checks';
import { FieldContent, FieldType } from './field-type';
import { Flags } from './flags';
import { Field, FieldOptions } from './field.decorator';
import { Matcher, longestInBrowser, patternInBrowser } from './text-attributes';
import type { FieldDecorator } from './typed-decorator';

export interface TextOptions extends FieldOptions {
  /** Whether whitespace around the text is trimmed; true except for passwords and hidden fields. */
  readonly trim?: boolean;
}

const COMMON = ['required', 'disabled', 'readonly', 'minlength', 'maxlength', 'title', 'inputmode'];

/** A line of text. */
export const StringField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { type: 'text' });

/** A password: never trimmed, never shown again. */
export const PasswordField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, { trim: false, ...options }, { type: 'password', isSecret: true });

/** An e-mail address, as far as browsers check it; `@Email()` checks more. */
export const EmailField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { type: 'email' });

/** An absolute URL of any scheme, as far as browsers check it; `@URL()` checks more. */
export const URLField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { type: 'url' });

export const TelField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { type: 'tel' });

export const SearchField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { type: 'search' });

/** Text of several lines, with `\n` between them. */
export const TextAreaField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, { element: 'textarea' });

/** A colour as browsers have it, `#rrggbb` in lower case. */
export const ColorField = (label: string, options: TextOptions = {}): FieldDecorator<string> =>
  textField(label, options, {
    type: 'color',
    attributeFlags: ['disabled'],
    convert: (sent) => {
      const color = typeof sent === 'string' ? sent.trim().toLowerCase() : undefined;
      if (color === undefined || !/^(#[\da-f]{6})?$/.test(color))
        throw new ValidationError('Not a valid color value.');
      return color;
    },
  });

/** Text that people do not see. The sender can change it: check it like any other. */
export const HiddenField = (label = '', options: TextOptions = {}): FieldDecorator<string> =>
  textField(
    label,
    { trim: false, ...options },
    { type: 'hidden', attributeFlags: ['disabled'], flags: { hidden: true } },
  );

function textField(
  label: string,
  { trim = true, ...options }: TextOptions,
  kind: Partial<FieldType>,
): FieldDecorator<string> {
  return Field({ label, ...options, kind: { ...textKind(trim, kind.type), ...kind } });
}

function textKind(trim: boolean, type?: string): FieldType {
  return {
    element: 'input',
    type,
    attributeFlags: type ? [...COMMON, 'pattern'] : COMMON,
    empty: '',
    convert: (sent) => {
      if (typeof sent !== 'string') throw new ValidationError('Not a valid text value.');
      const text = sent.replace(/\r\n?/g, '\n');
      return trim ? text.trim() : text;
    },
    format: textOf,
    attribute: (flag, value, flags) => textAttribute(flag, value, flags, trim),
    preValidate: ({ sent, data }: FieldContent) => {
      const typed = inputText(typeof sent === 'string' ? sent : data);
      const refusal = typed === '' ? undefined : inputRefuses(type, typed);
      if (!refusal) return;
      // Blanks that only the server cuts off leave nothing to check, and are refused all the same.
      throw data === '' ? new StopValidation(refusal) : new ValidationError(refusal);
    },
  };
}

/** What is no text shows as one; undefined for what has none, such as an object. */
function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** An attribute that refuses nothing which the flag allows. */
function textAttribute(flag: string, value: unknown, flags: Flags, isTrimmed: boolean): unknown {
  if (flag === 'maxlength') return longestInBrowser(Number(value));
  // Where nothing is needed blanks are nothing, but to browsers they are text.
  if (flag === 'minlength') return flags.optional ? undefined : value;
  if (flag !== 'pattern') return value;
  const pattern = patternInBrowser(String(value), (flags.matcher ?? 'match') as Matcher, isTrimmed);
  return pattern !== undefined && flags.optional ? `\\s*|${pattern}` : pattern;
}

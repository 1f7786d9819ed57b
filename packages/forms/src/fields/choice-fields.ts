import { ValidationError } from '../validation/validation-errors';
import { Choice, Choices, FieldType } from './field-type';
import { Field, FieldOptions, fieldOptions } from './field.decorator';
import type { FieldDecorator } from './typed-decorator';

export interface ChoiceOptions<T extends object = never> extends FieldOptions {
  /** What there is to choose from; a function is asked with the DTO, for choices that only the server knows. */
  readonly choices: Choices | ((data: T) => Choices);
  /** Whether a value must be among the choices; on. */
  readonly validateChoice?: boolean;
  /**
   * What makes the value of what was sent; it throws where that is none. Where left out, numbers where all choices are numbers, else
   * texts.
   */
  readonly coerce?: (sent: string | number) => string | number;
  /** What is said of a value that is not among the choices; `$value` stands for it. */
  readonly invalidChoiceMessage?: string;
}

type ValueOptions = Pick<ChoiceOptions, 'validateChoice' | 'coerce' | 'invalidChoiceMessage'>;

/** One of several choices in a list: the value of the choice, or null. */
export const SelectField = <T extends object>(
  label: string,
  options: ChoiceOptions<T>,
): FieldDecorator<string | number> => choiceField(label, options, { ...one(options), element: 'select' });

/** One of several choices as buttons: the value of the choice, or null. */
export const RadioField = <T extends object>(
  label: string,
  options: ChoiceOptions<T>,
): FieldDecorator<string | number> =>
  choiceField(label, options, { ...one(options), element: 'radio', type: 'radio' });

/** Several of the choices in a list: an array of their values. */
export const SelectMultipleField = <T extends object>(
  label: string,
  options: ChoiceOptions<T>,
): FieldDecorator<readonly (string | number)[]> => choiceField(label, options, several(options));

function choiceField<T extends object>(
  label: string,
  { choices, ...options }: ChoiceOptions<T>,
  kind: FieldType,
): PropertyDecorator {
  return Field({
    ...fieldOptions(options),
    label,
    kind,
    choices: typeof choices === 'function' ? (choices as (data: object) => Choices) : () => choices,
  });
}

const FLAGS = ['required', 'disabled'];

function one({
  validateChoice = true,
  coerce,
  invalidChoiceMessage,
}: ValueOptions): Omit<FieldType, 'element'> {
  return {
    attributeFlags: FLAGS,
    empty: null,
    convert: (sent, { choices }) => {
      if (!isScalar(sent)) throw new ValidationError('Invalid Choice: could not coerce.');
      const choice = choices.find(({ value }) => String(value) === String(sent));
      if (choice) return choice.value;
      return isBlank(sent) ? null : coerced(sent, choices, coerce, 'Invalid Choice: could not coerce.');
    },
    format,
    preValidate: ({ data, choices }) => {
      if (!validateChoice || choices.some(({ value, isDisabled }) => value === data && !isDisabled)) return;
      throw new ValidationError(invalidChoiceMessage ?? 'Not a valid choice.', { $value: String(data) });
    },
  };
}

function several({ validateChoice = true, coerce, invalidChoiceMessage }: ValueOptions): FieldType {
  return {
    element: 'select',
    attributes: { multiple: true },
    attributeFlags: FLAGS,
    empty: [],
    absent: [],
    convert: (sent, { choices }) => {
      const all: unknown[] = Array.isArray(sent) ? sent : [sent];
      if (!all.every(isScalar)) throw new ValidationError(NONE_COERCED);
      const byText = new Map(choices.map(({ value }) => [String(value), value]));
      return all.flatMap((text) => {
        if (isBlank(text) && !byText.has(String(text))) return [];
        return byText.get(String(text)) ?? coerced(text, choices, coerce, NONE_COERCED);
      });
    },
    format,
    preValidate: ({ data, choices }) => {
      const known = new Set<unknown>(
        choices.filter(({ isDisabled }) => !isDisabled).map(({ value }) => value),
      );
      const wrong = [...new Set(data as unknown[])].filter((value) => !known.has(value));
      if (!validateChoice || wrong.length === 0) return;
      const values = wrong.map((value) => `'${String(value)}'`).join(', ');
      if (invalidChoiceMessage !== undefined)
        throw new ValidationError(invalidChoiceMessage, { $value: values });
      throw new ValidationError('{values} are not valid choices for this field.', {
        values,
        count: wrong.length,
      });
    },
  };
}

const NONE_COERCED = 'Invalid choice(s): one or more data inputs could not be coerced.';

/** @throws ValidationError with the message where it is no such value */
function coerced(
  sent: string | number,
  choices: readonly Choice[],
  coerce: ChoiceOptions['coerce'],
  message: string,
): string | number {
  const areNumbers = choices.length > 0 && choices.every(({ value }) => typeof value === 'number');
  const make = coerce ?? (areNumbers ? toNumber : undefined);
  if (!make) return sent;
  try {
    return make(sent);
  } catch {
    throw new ValidationError(message);
  }
}

function toNumber(sent: string | number): number {
  const number = Number(sent);
  if (!Number.isFinite(number)) throw new TypeError('It is no number');
  return number;
}

function isScalar(sent: unknown): sent is string | number {
  return typeof sent === 'string' || typeof sent === 'number';
}

function isBlank(text: string | number): boolean {
  return String(text).trim() === '';
}

function format(value: unknown): string | undefined {
  return isScalar(value) ? String(value) : undefined;
}

import { ValidationError } from '../validation/validation-errors';
import { Choices, FieldContent, FieldType } from './field-type';
import { Field, FieldOptions } from './field.decorator';

export interface ChoiceOptions<T extends object = never> extends FieldOptions {
  /** What there is to choose from; a function is asked with the DTO, for choices that only the server knows. */
  readonly choices: Choices | ((data: T) => Choices);
  /** Whether a value must be among the choices; on. */
  readonly validateChoice?: boolean;
}

/** One of several choices in a list: the value of the choice, or null. */
export const SelectField = <T extends object>(label: string, options: ChoiceOptions<T>): PropertyDecorator =>
  choiceField(label, options, { ...one(options), element: 'select' });

/** One of several choices as buttons: the value of the choice, or null. */
export const RadioField = <T extends object>(label: string, options: ChoiceOptions<T>): PropertyDecorator =>
  choiceField(label, options, { ...one(options), element: 'radio', type: 'radio' });

/** Several of the choices in a list: an array of their values. */
export const SelectMultipleField = <T extends object>(
  label: string,
  options: ChoiceOptions<T>,
): PropertyDecorator => choiceField(label, options, several(options));

function choiceField<T extends object>(
  label: string,
  { choices, help, attributes }: ChoiceOptions<T>,
  kind: FieldType,
): PropertyDecorator {
  return Field({
    label,
    help,
    attributes,
    kind,
    choices: typeof choices === 'function' ? (choices as (data: object) => Choices) : () => choices,
  });
}

const FLAGS = ['required', 'disabled'];

function one({ validateChoice = true }: { validateChoice?: boolean }): Omit<FieldType, 'element'> {
  return {
    attributeFlags: FLAGS,
    empty: null,
    convert: (sent, field) => {
      if (!isScalar(sent)) throw new ValidationError('Invalid Choice: could not coerce.');
      return chosen(sent, field);
    },
    format,
    preValidate: (field) => {
      if (validateChoice && !isChoice(field.data, field)) throw new ValidationError('Not a valid choice.');
    },
  };
}

function several({ validateChoice = true }: { validateChoice?: boolean }): FieldType {
  return {
    element: 'select',
    attributes: { multiple: true },
    attributeFlags: FLAGS,
    empty: [],
    absent: [],
    convert: (sent, field) => {
      const all: unknown[] = Array.isArray(sent) ? sent : [sent];
      if (!all.every(isScalar)) {
        throw new ValidationError('Invalid choice(s): one or more data inputs could not be coerced.');
      }
      const byText = new Map(field.choices.map(({ value }) => [String(value), value]));
      return all.flatMap((text) => byText.get(String(text)) ?? (isBlank(text) ? [] : text));
    },
    format,
    preValidate: (field) => {
      const known = new Set<unknown>(
        field.choices.filter(({ isDisabled }) => !isDisabled).map(({ value }) => value),
      );
      const wrong = [...new Set(field.data as unknown[])].filter((value) => !known.has(value));
      if (!validateChoice || wrong.length === 0) return;
      const names = wrong.map((value) => `'${String(value)}'`).join(', ');
      throw new ValidationError(
        wrong.length === 1
          ? `${names} is not a valid choice for this field.`
          : `${names} are not valid choices for this field.`,
      );
    },
  };
}

function isScalar(sent: unknown): sent is string | number {
  return typeof sent === 'string' || typeof sent === 'number';
}

/** The value of the choice that was sent as text; text that is no choice stays as it is, and nothing is none. */
function chosen(sent: string | number, { choices }: FieldContent): string | number | null {
  const choice = choices.find(({ value }) => String(value) === String(sent));
  if (choice) return choice.value;
  return isBlank(sent) ? null : sent;
}

function isBlank(text: string | number): boolean {
  return String(text).trim() === '';
}

function isChoice(data: unknown, { choices }: FieldContent): boolean {
  return choices.some(({ value, isDisabled }) => value === data && !isDisabled);
}

function format(value: unknown): string | undefined {
  return isScalar(value) ? String(value) : undefined;
}

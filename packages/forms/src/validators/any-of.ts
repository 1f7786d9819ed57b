import { ValidationOptions } from 'class-validator';
import { isDeepStrictEqual } from 'node:util';
import { dateInWords } from '../validation/date-in-words';
import { Message } from '../translations/message';
import { createValidator } from './validator';

export interface ValuesOptions extends ValidationOptions {
  /** Writes the values for the message, where they are `$constraint1`; with commas. */
  readonly valuesFormatter?: (values: readonly unknown[]) => string;
}

/** The value, or at least one of a list, is among these. */
export function AnyOf(values: readonly unknown[], options: ValuesOptions = {}): PropertyDecorator {
  return valuesValidator(
    'anyOf',
    'Invalid value, must be one of: {values}.',
    (value) => isAmong(value, values),
    values,
    options,
  );
}

/** Neither the value nor any of a list is among these. */
export function NoneOf(values: readonly unknown[], options: ValuesOptions = {}): PropertyDecorator {
  return valuesValidator(
    'noneOf',
    "Invalid value, can't be any of: {values}.",
    (value) => !isAmong(value, values),
    values,
    options,
  );
}

function valuesValidator(
  name: string,
  message: string,
  validate: (value: unknown) => boolean,
  values: readonly unknown[],
  { valuesFormatter = withCommas, ...options }: ValuesOptions,
): PropertyDecorator {
  const inWords = valuesFormatter(values);
  const defaultMessage = () => new Message(message, { values: inWords });
  return createValidator({ name, constraints: [inWords], validate, defaultMessage }, options);
}

function isAmong(value: unknown, values: readonly unknown[]): boolean {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  return given.some((one) => values.some((value) => isDeepStrictEqual(one, value)));
}

function withCommas(values: readonly unknown[]): string {
  return values.map((value) => (value instanceof Date ? dateInWords(value) : String(value))).join(', ');
}

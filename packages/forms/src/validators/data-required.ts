import { ValidationOptions } from 'class-validator';
import { createValidator } from './validator';

/**
 * The value, after conversion, counts for something, or nothing else is checked: a blank text, 0, false and an empty
 * list do not. Where 0 or blanks are welcome, `InputRequired` is meant.
 */
export function DataRequired(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'dataRequired',
      validate: countsForSomething,
      defaultMessage: () => 'This field is required.',
      flags: { required: true },
      bail: true,
    },
    options,
  );
}

/** As in Python, an empty list or object counts for nothing, and not-a-number for something. */
function countsForSomething(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (Number.isNaN(value)) return true;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.getPrototypeOf(value) !== Object.prototype || Object.keys(value).length > 0;
}

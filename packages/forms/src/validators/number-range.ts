import { ValidationOptions } from 'class-validator';
import { Bound, RangeTexts, boundOf, rangeFlags, rangeMessage } from './range';
import { createValidator } from './validator';

export interface NumberRangeOptions extends ValidationOptions {
  /** `$constraint1` in a message. */
  readonly min?: Bound<number>;
  /** `$constraint2` in a message. */
  readonly max?: Bound<number>;
}

const TEXTS: RangeTexts = {
  none: 'Not a valid number.',
  min: 'Number must be at least {min}.',
  max: 'Number must be at most {max}.',
  both: 'Number must be between {min} and {max}.',
};

/** A number, and not below `min` nor above `max`. */
export function NumberRange({ min, max, ...options }: NumberRangeOptions = {}): PropertyDecorator {
  return createValidator(
    {
      name: 'numberRange',
      constraints: [min, max],
      validate: (value) => {
        if (typeof value !== 'number' || Number.isNaN(value)) return false;
        return value >= (boundOf(min) ?? -Infinity) && value <= (boundOf(max) ?? Infinity);
      },
      defaultMessage: () => rangeMessage(TEXTS, boundOf(min), boundOf(max)),
      flags: rangeFlags(min, max),
    },
    options,
  );
}

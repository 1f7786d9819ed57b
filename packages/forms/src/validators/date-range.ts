import { ValidationOptions } from 'class-validator';
import { Bound, RangeTexts, boundOf, rangeFlags, rangeMessage } from './range';
import { createValidator } from './validator';

export interface DateRangeOptions extends ValidationOptions {
  /** Read in UTC, as dates of forms are. `$constraint1` in a message. */
  readonly min?: Bound<Date>;
  /** `$constraint2` in a message. */
  readonly max?: Bound<Date>;
}

const TEXTS: RangeTexts = {
  none: 'Not a valid date.',
  min: 'Date must be at least {min}.',
  max: 'Date must be at most {max}.',
  both: 'Date must be between {min} and {max}.',
};

/** A date, or a date and time, and not before `min` nor after `max`. */
export function DateRange({ min, max, ...options }: DateRangeOptions = {}): PropertyDecorator {
  return createValidator(
    {
      name: 'dateRange',
      constraints: [min, max],
      validate: (value) => {
        if (!(value instanceof Date) || Number.isNaN(value.getTime())) return false;
        const [from, until] = [boundOf(min), boundOf(max)];
        return (!from || value >= from) && (!until || value <= until);
      },
      defaultMessage: () => rangeMessage(TEXTS, boundOf(min), boundOf(max)),
      flags: rangeFlags(min, max),
    },
    options,
  );
}

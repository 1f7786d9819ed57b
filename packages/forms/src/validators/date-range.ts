import { ValidationOptions } from 'class-validator';
import { dateInWords } from '../validation/date-in-words';
import { Bound, boundOf, rangeFlags, rangeMessage } from './range';
import { createValidator } from './validator';

export interface DateRangeOptions extends ValidationOptions {
  /** Read in UTC, as dates of forms are. `$constraint1` in a message. */
  readonly min?: Bound<Date>;
  /** `$constraint2` in a message. */
  readonly max?: Bound<Date>;
}

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
      defaultMessage: () => rangeMessage('Date', inWords(min), inWords(max)),
      flags: rangeFlags(min, max),
    },
    options,
  );
}

function inWords(bound: Bound<Date>): string | undefined {
  const date = boundOf(bound);
  return date && dateInWords(date);
}

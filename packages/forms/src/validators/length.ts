import { ValidationOptions } from 'class-validator';
import { Message } from '../translations/message';
import { countCodePoints } from './code-points';
import { createValidator } from './validator';

export interface LengthOptions extends ValidationOptions {
  /** Omitted or -1: no limit. `$constraint1` in a message. */
  readonly min?: number;
  /** Omitted or -1: no limit. `$constraint2` in a message. */
  readonly max?: number;
}

/**
 * So many characters, counted in code points, as PostgreSQL counts them; or so many entries of a list. (class-validator's
 * own `Length` leaves out variation selectors, so that it passes text which the column then refuses.) What people take for a
 * character may be several code points: see {@link CharacterLimit}.
 *
 * @throws RangeError for neither `min` nor `max`, for `min` above `max`, and for what is no whole number
 */
export function Length({ min = -1, max = -1, ...options }: LengthOptions): PropertyDecorator {
  const [hasMin, hasMax] = [min !== -1, max !== -1];
  if (!hasMin && !hasMax) throw new RangeError('Length: at least one of min or max must be given');
  if (![min, max].every(Number.isInteger)) throw new RangeError('Length: min and max must be whole numbers');
  if (hasMax && !(min <= max)) throw new RangeError('Length: min cannot be more than max');
  return createValidator(
    {
      name: 'length',
      constraints: [min, max],
      validate: (value) => {
        const length = lengthOf(value);
        return length >= min && (!hasMax || length <= max);
      },
      defaultMessage: () => {
        if (!hasMax) return new Message('Field must be at least {min} characters long.', { min });
        if (!hasMin) return new Message('Field cannot be longer than {max} characters.', { max });
        if (min === max) return new Message('Field must be exactly {max} characters long.', { max });
        return new Message('Field must be between {min} and {max} characters long.', { min, max });
      },
      flags: { ...(hasMin && { minlength: min }), ...(hasMax && { maxlength: max }) },
    },
    options,
  );
}

/** Nothing is 0 long; what has no length is not a number long, and so neither long nor short enough. */
function lengthOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'string' ? countCodePoints(value) : NaN;
}

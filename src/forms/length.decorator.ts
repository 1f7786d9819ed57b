import { ValidateBy } from 'class-validator';

/**
 * At least `min` and at most `max` characters, counted in code points as PostgreSQL counts them. (class-validator's own
 * `Length` leaves out variation selectors, so that it passes text which the column then refuses.)
 */
export function TextLength(min: number, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'textLength',
    validator: {
      validate: (value: unknown) => {
        const length = typeof value === 'string' ? Array.from(value).length : NaN;
        return length >= min && length <= max;
      },
      defaultMessage: (args) => {
        if (args?.value === '') return 'This field is required.';
        return min > 1
          ? `Field must be between ${min} and ${max} characters long.`
          : `Field cannot be longer than ${max} characters.`;
      },
    },
  });
}

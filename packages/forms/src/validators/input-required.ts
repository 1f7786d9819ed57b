import { ValidationOptions } from 'class-validator';
import { createValidator, fieldIn } from './validator';

/** Something was sent, or nothing else is checked: blanks and `0` are something. */
export function InputRequired(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'inputRequired',
      validate: (value, args) => {
        const field = fieldIn(args);
        return !isNothing(field ? first(field.sent) : value);
      },
      defaultMessage: () => 'This field is required.',
      flags: { required: true },
      bail: true,
    },
    options,
  );
}

function first(sent: unknown): unknown {
  return Array.isArray(sent) ? sent[0] : sent;
}

function isNothing(sent: unknown): boolean {
  return sent === undefined || sent === null || sent === '';
}

import { ValidationOptions } from 'class-validator';
import { createValidator, fieldIn } from './validator';

/** Shown, and never sent: the value stays that of the DTO. */
export function Disabled(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'disabled',
      validate: (_value, args) => fieldIn(args)?.sent === undefined,
      defaultMessage: () => 'This field is disabled and cannot have a value.',
      flags: { disabled: true },
    },
    options,
  );
}

import { ValidationOptions } from 'class-validator';
import { createValidator, fieldIn } from './validator';

/** Shown, and still what the DTO had before the form was filled. */
export function ReadOnly(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'readOnly',
      validate: (_value, args) => fieldIn(args)?.isUnchanged ?? true,
      defaultMessage: () => 'This field cannot be edited.',
      flags: { readonly: true },
    },
    options,
  );
}

import { ValidationArguments, registerDecorator } from 'class-validator';
import { formIn } from '../form';
import { FieldValidator, callValidator, isAsyncFunction } from '../validation/field-validator';
import { Flags } from '../fields/flags';
import { UNNAMED_CHECK, withValidatorMetadata } from './validator-metadata';

export interface ValidateWithOptions {
  readonly flags?: Flags;
}

/**
 * A validator that is a function, for factories of one's own: it throws a ValidationError or a StopValidation when the
 * value does not hold, which class-validator's own `validate()` passes on. An `async` one runs only when nothing else is wrong with the field.
 */
export function ValidateWith(
  check: FieldValidator,
  { flags = {} }: ValidateWithOptions = {},
): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: check.name || UNNAMED_CHECK,
      target: target.constructor,
      propertyName: String(property),
      async: isAsyncFunction(check),
      options: withValidatorMetadata({ flags, needsField: true }),
      validator: {
        validate: (_value: unknown, args?: ValidationArguments) => {
          const form = args && formIn(args.object);
          const field = form?.fieldNamed(String(property));
          if (!form || !field)
            throw new TypeError(`${String(property)} is no field of ${target.constructor.name}`);
          const done = callValidator(check, field, form);
          return done ? done.then(() => true) : true;
        },
      },
    });
  };
}

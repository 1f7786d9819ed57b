import { ValidateBy, ValidationArguments, ValidationOptions } from 'class-validator';
import { formOf } from '../form';
import { ENGLISH } from '../translations/language';
import type { Translatable } from '../translations/message';
import type { BoundField } from '../field';
import { ValidatorMetadata, withValidatorMetadata } from './validator-metadata';

/** A check that class-validator runs, and what it means to a form. */
export interface ValidatorDefinition extends ValidatorMetadata {
  readonly name: string;
  /** For `$constraint1` and so on in messages. */
  readonly constraints?: readonly unknown[];
  /** Whether the value holds. */
  readonly validate: (value: unknown, args: ValidationArguments) => boolean;
  /** A `Message` where it has parameters of its own. */
  readonly defaultMessage: (args: ValidationArguments) => string | Translatable;
}

/** Makes a property decorator of a check; it works in class-validator's own `validate()` as well. */
export function createValidator(
  { name, constraints = [], validate, defaultMessage, ...validatorMetadata }: ValidatorDefinition,
  options?: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      constraints: [...constraints],
      validator: {
        validate: (value: unknown, args) => validate(value, known(args)),
        defaultMessage: (args) => ENGLISH.say(defaultMessage(known(args))),
      },
    },
    withValidatorMetadata({ ...validatorMetadata, ownMessage: defaultMessage }, options),
  );
}

/** The field that is checked; undefined where class-validator checks a DTO by itself, which knows only its values. */
export function fieldIn({ object, property }: ValidationArguments): BoundField | undefined {
  return formOf(object)?.fieldNamed(property);
}

/** class-validator always gives the arguments, but types them as optional. */
function known(args: ValidationArguments | undefined): ValidationArguments {
  if (!args) throw new TypeError('A validator needs the object that it checks');
  return args;
}

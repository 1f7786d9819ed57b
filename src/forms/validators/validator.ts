import { ValidateBy, ValidationArguments, ValidationOptions } from 'class-validator';
import { Flags } from '../fields/flags';
import { formOf } from '../form';
import type { FormField } from '../form-field';

/** What a form does about a validator beyond what class-validator knows. */
export interface Traits {
  readonly flags?: Flags;
  /** The value is not worth checking further when it fails: the field's other messages are taken back. */
  readonly stops?: boolean;
  /** Another field that the check reads, which the form must have. */
  readonly otherField?: string;
  /** It cannot check a property that is no field. */
  readonly needsField?: boolean;
}

/** A check that class-validator runs, and what it means to a form. */
export interface ValidatorDefinition extends Traits {
  readonly name: string;
  /** For `$constraint1` and so on in messages. */
  readonly constraints?: readonly unknown[];
  /** Whether the value holds. */
  readonly validate: (value: unknown, args: ValidationArguments) => boolean;
  readonly defaultMessage: (args: ValidationArguments) => string;
}

/** What a check is called that has no name of its own, as an arrow function that is passed on has none. */
export const UNNAMED_CHECK = 'validateWith';

const TRAITS = Symbol('traits of a validator');

/** Makes a property decorator of a check; it works in class-validator's own `validate()` as well. */
export function createValidator(
  { name, constraints = [], validate, defaultMessage, ...traits }: ValidatorDefinition,
  options?: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      constraints: [...constraints],
      validator: {
        validate: (value: unknown, args) => validate(value, known(args)),
        defaultMessage: (args) => defaultMessage(known(args)),
      },
    },
    withTraits(traits, options),
  );
}

export function withTraits(traits: Traits, options?: ValidationOptions): ValidationOptions {
  return { ...options, context: { ...(options?.context as object | undefined), [TRAITS]: traits } };
}

/** The traits that a decorator of this room has left in its metadata; undefined for class-validator's own. */
export function traitsIn(context: unknown): Traits | undefined {
  return (context as { [TRAITS]?: Traits } | undefined)?.[TRAITS];
}

/** The field that is checked; undefined where class-validator checks a DTO by itself, which knows only its values. */
export function fieldIn({ object, property }: ValidationArguments): FormField | undefined {
  return formOf(object)?.fieldNamed(property);
}

/** class-validator always gives the arguments, but types them as optional. */
function known(args: ValidationArguments | undefined): ValidationArguments {
  if (!args) throw new TypeError('A validator needs the object that it checks');
  return args;
}

import { ValidationArguments, ValidationOptions } from 'class-validator';
import { isDeepStrictEqual } from 'node:util';
import { formIn } from '../form';
import { ValidationError } from '../validation/validation-errors';
import { createValidator } from './validator';

/** The same as another field, by value and type. Its name is `$constraint1` in a message. */
export function EqualTo(fieldName: string, options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'equalTo',
      constraints: [fieldName],
      validate: (value, { object }: ValidationArguments) => {
        const other = formIn(object).fieldNamed(fieldName);
        if (!other) throw new ValidationError(`Invalid field name '${fieldName}'.`);
        return isDeepStrictEqual(value, other.data);
      },
      defaultMessage: () => 'Field must be equal to $constraint1.',
    },
    options,
  );
}

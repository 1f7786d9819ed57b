import { ValidationArguments, ValidationOptions } from 'class-validator';
import { isDeepStrictEqual } from 'node:util';
import { formIn } from '../form';
import { createValidator } from './validator';

/**
 * The same as another field, by value and type. Its name is `$constraint1` in a message; one that the form does not have stops the
 * start of the application.
 */
export function EqualTo(fieldName: string, options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'equalTo',
      constraints: [fieldName],
      validate: (value, { object }: ValidationArguments) => {
        // That there is one is made sure of when the form is made.
        return isDeepStrictEqual(value, formIn(object).fieldNamed(fieldName)?.data);
      },
      defaultMessage: () => 'Field must be equal to $constraint1.',
      otherField: fieldName,
    },
    options,
  );
}

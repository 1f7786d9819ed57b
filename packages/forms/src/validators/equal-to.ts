import { ValidationArguments, ValidationOptions } from 'class-validator';
import { isDeepStrictEqual } from 'node:util';
import { fieldsOf } from '../fields/field.decorator';
import type { BesideField } from '../fields/typed-decorator';
import { formIn, formOf } from '../form';
import { Message } from '../translations/message';
import { createValidator } from './validator';

/**
 * The same as another field, by value and type. In a message its name is `$constraint1`, and its label
 * `$constraint2`; one that the form does not have stops the
 * start of the application.
 */
export function EqualTo<N extends string>(fieldName: N, options?: ValidationOptions): BesideField<N> {
  return createValidator(
    {
      name: 'equalTo',
      constraints: [fieldName, ({ object }: ValidationArguments) => labelOf(object, fieldName)],
      validate: (value, { object }: ValidationArguments) => {
        // That there is one is made sure of when the form is made.
        return isDeepStrictEqual(value, formIn(object).fieldNamed(fieldName)?.data);
      },
      defaultMessage: () => new Message('Field must be equal to {name}.', { name: fieldName }),
      otherField: fieldName,
    },
    options,
  );
}

function labelOf(object: object, fieldName: string): string {
  return formOf(object)?.fieldNamed(fieldName)?.label ?? fieldsOf(object).get(fieldName)?.label ?? fieldName;
}

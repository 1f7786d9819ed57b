import { ValidationOptions } from 'class-validator';
import { createValidator } from './validator';

/** In braces, with hyphens and the beginning of a URN. */
const LONGEST = 'urn:uuid:{00000000-0000-0000-0000-000000000000}'.length;

/** A UUID of any version in one of the ways to write it: with hyphens or without, in braces, as a URN. */
export function UUID(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'uuid',
      validate: (value) =>
        typeof value === 'string' &&
        value.length <= LONGEST &&
        /^[\da-f]{32}$/i.test(
          value
            .replace(/urn:|uuid:/g, '')
            .replace(/^[{}]+|[{}]+$/g, '')
            .replaceAll('-', ''),
        ),
      defaultMessage: () => 'Invalid UUID.',
    },
    options,
  );
}

import { ValidationOptions } from 'class-validator';
import { filesOf } from './files-of';
import { createValidator } from './validator';

/** A file was sent, or nothing else is checked. One without content is a file: see {@link FileSize}. */
export function FileRequired(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'fileRequired',
      validate: (value) => filesOf(value).length > 0,
      defaultMessage: () => 'This field is required.',
      flags: { required: true },
      bail: true,
    },
    options,
  );
}

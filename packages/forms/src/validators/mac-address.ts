import { ValidationOptions } from 'class-validator';
import { createValidator } from './validator';

/** Six pairs of hexadecimal digits with colons between. (class-validator's takes dashes, dots and none as well.) */
export function MacAddress(options?: ValidationOptions): PropertyDecorator {
  return createValidator(
    {
      name: 'macAddress',
      validate: (value) => typeof value === 'string' && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(value),
      defaultMessage: () => 'Invalid Mac address.',
    },
    options,
  );
}

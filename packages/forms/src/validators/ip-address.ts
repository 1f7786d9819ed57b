import { ValidationOptions, isIP } from 'class-validator';
import { createValidator } from './validator';

export interface IPAddressOptions extends ValidationOptions {
  /** On. */
  readonly ipv4?: boolean;
  /** Off. */
  readonly ipv6?: boolean;
}

/**
 * An IP address of a chosen family.
 *
 * @throws RangeError when no family is
 */
export function IPAddress({
  ipv4 = true,
  ipv6 = false,
  ...options
}: IPAddressOptions = {}): PropertyDecorator {
  if (!ipv4 && !ipv6) throw new RangeError('IPAddress: at least one of ipv4 and ipv6 must be on');
  return createValidator(
    {
      name: 'ipAddress',
      validate: (value) => (ipv4 && isIP(value, 4)) || (ipv6 && isIP(value, 6)),
      defaultMessage: () => 'Invalid IP address.',
    },
    options,
  );
}

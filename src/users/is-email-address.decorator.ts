import { createValidator, isEmailAddress } from '@microblog/forms';
import { emailKey } from './uniqueness';

/** What the columns take, in characters; RFC 5321 allows no longer address either. */
const MAX_LENGTH = 254;

/** The property is an address that can be kept, also in the form in which it is unique, which may be longer. */
export function IsEmailAddress(): PropertyDecorator {
  return createValidator({
    name: 'isEmailAddress',
    validate: (value) =>
      isEmailAddress(value) &&
      [value, emailKey(value)].every((text) => Array.from(text).length <= MAX_LENGTH),
    defaultMessage: () => 'Invalid email address.',
  });
}

import { CharacterLimit, Regexp, Validators } from '@microblog/forms';

const MAX_LENGTH = 64;
export const USERNAME_HINT =
  'Use letters, digits, dots, dashes and underscores only, with a letter or digit first.';
const USERNAME = /^[A-Za-z0-9][\w\-.]*$/;

/** Whether a text could be the name of a user: 1 to 64 ASCII letters, digits, `.`, `_` and `-`, a letter or digit first. */
export function isUsername(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && USERNAME.test(value);
}

/** The property is a possible user name; whether it is free is another question. */
export function IsUsername(): PropertyDecorator {
  return Validators(
    CharacterLimit(MAX_LENGTH),
    Regexp(USERNAME, { htmlPattern: true, message: USERNAME_HINT }),
  );
}

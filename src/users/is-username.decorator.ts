import { ValidateBy } from 'class-validator';

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether a text could be the name of a user: 1 to 64 ASCII letters, digits, `.`, `_` and `-`, a letter or digit first. */
export function isUsername(value: unknown): value is string {
  return typeof value === 'string' && USERNAME.test(value);
}

/** The property is a possible user name; whether it is free is another question. */
export function IsUsername(): PropertyDecorator {
  return ValidateBy({
    name: 'isUsername',
    validator: {
      validate: isUsername,
      defaultMessage: (args) => {
        const value = args?.value as unknown;
        if (value === '') return 'This field is required.';
        return typeof value === 'string' && value.length > 64
          ? 'Field cannot be longer than 64 characters.'
          : 'Use letters, digits, dots, dashes and underscores only, with a letter or digit first.';
      },
    },
  });
}

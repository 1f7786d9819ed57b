import { countCharacters, createValidator, InputRequired, Validators } from '@microblog/forms';
import { normalizePassword } from './password-text';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** The hint below the field, and the message when it is not followed. */
export const PASSWORD_HINT = `Use ${MIN_LENGTH} to ${MAX_LENGTH} characters.`;

/** A password that someone chooses: 8 to 128 characters, any of them. */
export function IsPassword(): PropertyDecorator {
  return Validators(
    InputRequired(),
    createValidator({
      name: 'isPassword',
      validate: (value) => isPassword(value) && lengthOf(value) >= MIN_LENGTH,
      defaultMessage: () => PASSWORD_HINT,
      // No `maxlength`: browsers cut what is pasted without a word, and nobody sees that of a password.
      flags: { minlength: MIN_LENGTH, 'data-character-limit': MAX_LENGTH },
    }),
  );
}

/** A password that someone has; nothing is said of what is wrong with it, but nothing is hashed that cannot be one. */
export function IsKnownPassword(): PropertyDecorator {
  return Validators(
    InputRequired(),
    createValidator({
      name: 'isKnownPassword',
      validate: isPassword,
      defaultMessage: () => `Field cannot be longer than ${MAX_LENGTH} characters.`,
    }),
  );
}

/** The same password as in another field. */
export function RepeatsPassword(fieldName: string): PropertyDecorator {
  return createValidator({
    name: 'repeatsPassword',
    constraints: [fieldName],
    validate: (value, { object }) => textOf(value) === textOf((object as Record<string, unknown>)[fieldName]),
    defaultMessage: () => 'The two passwords are not the same.',
  });
}

function isPassword(value: unknown): boolean {
  return typeof value === 'string' && lengthOf(value) <= MAX_LENGTH;
}

function lengthOf(value: unknown): number {
  return countCharacters(textOf(value) ?? '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? normalizePassword(value) : undefined;
}

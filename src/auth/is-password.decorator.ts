import {
  type BesideField,
  countCharacters,
  createValidator,
  InputRequired,
  Validators,
} from '@microblog/forms';
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
      // No `maxlength`: browsers silently cut what is pasted, which nobody notices in a password field.
      flags: { minlength: MIN_LENGTH, 'data-character-limit': MAX_LENGTH },
    }),
  );
}

/** An existing password. No message says what is wrong with it, but a text that cannot be a password is not hashed. */
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
export function RepeatsPassword<N extends string>(fieldName: N): BesideField<N> {
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

import type { PluralText } from './catalogue';

/**
 * Everything that this package says to the people who fill in its forms. A test finds in its sources what is missing here, and in each
 * translation what is missing there.
 */
export const MESSAGES = [
  'Invalid input.',
  'This field is required.',
  'This field may not be null.',
  'This field cannot be edited.',
  'This field is disabled and cannot have a value.',
  'This field contains characters that cannot be saved.',
  '{property} must be an object.',
  'This field must be left empty.',

  'Not a valid text value.',
  'Not a valid boolean value.',
  'Not a valid integer value.',
  'Not a valid decimal value.',
  'Not a valid float value.',
  'Not a valid color value.',
  'Not a valid date value.',
  'Not a valid month value.',
  'Not a valid week value.',
  'Not a valid object value.',
  'Not a valid list value.',
  'Not a valid time value.',
  'Not a valid datetime value.',

  'Not a valid choice.',
  'Invalid Choice: could not coerce.',
  'Invalid choice(s): one or more data inputs could not be coerced.',
  '{values} are not valid choices for this field.',
  'Invalid value, must be one of: {values}.',
  "Invalid value, can't be any of: {values}.",
  'Field must be equal to {name}.',

  'Field must be at least {min} characters long.',
  'Field cannot be longer than {max} characters.',
  'Field must be exactly {max} characters long.',
  'Field must be between {min} and {max} characters long.',
  'This must be a text of at most {max} characters.',
  'Shorten this by {excess} characters.',

  'Field must have at least {min} entries.',
  'Field cannot have more than {max} entries.',

  'Not a valid number.',
  'Number must be at least {min}.',
  'Number must be at most {max}.',
  'Number must be between {min} and {max}.',
  'Not a valid date.',
  'Date must be at least {min}.',
  'Date must be at most {max}.',
  'Date must be between {min} and {max}.',

  'Invalid IP address.',
  'Invalid Mac address.',
  'Invalid URL.',
  'Invalid UUID.',
  'Invalid email address.',
  'An email address must have an @-sign.',
  'There must be something before the @-sign.',
  'There must be something after the @-sign.',
  'An email address cannot start with a period.',
  'An email address cannot have a period immediately before the @-sign.',
  'An email address cannot have a period immediately after the @-sign.',
  'An email address cannot have a hyphen immediately after the @-sign.',
  'An email address cannot have two periods in a row.',
  'The email address contains invalid characters before the @-sign: {characters}.',
  "The part after the @-sign contains invalid characters: '@'.",
  'The part after the @-sign is not valid. It should have a period.',
  'The part after the @-sign is not valid. It is not within a valid top-level domain.',
  'The part after the @-sign is a special-use or reserved name that cannot be used with email.',

  'Not a valid file.',
  'Only one file can be sent here.',
  'Only files of these types are allowed: {types}.',
  'A file must have at least {min}.',
  'A file cannot have more than {max}.',
  'A file must have between {min} and {max}.',
  'This file has no name.',
  'This field takes no file.',
  'This file is too large: at most {size} are allowed.',
  'At most {files} files can be sent at once.',

  '{count} bytes',
  '{count} kB',
  '{count} MB',
  '{count} GB',
  '{count} TB',
  '{count} parts',
  '{count} fields',
  'This is too much to send at once: at most {allowed} are allowed.',
  'This is too much to send at once: it has {size} kB, and {allowed} kB are allowed.',
  'The upload did not arrive completely. Please send it again.',
  'The upload does not say where its parts end.',
  'The upload has text in an unknown charset.',
  'There is a problem',
  'Add',
  'Remove',
  'This form has expired. Please send it again.',
] as const;

export type MessageText = (typeof MESSAGES)[number];

/** The messages that English has in the singular as well. */
export const SINGULARS = {
  '{values} are not valid choices for this field.': {
    by: 'count',
    one: '{values} is not a valid choice for this field.',
    other: '{values} are not valid choices for this field.',
  },
  'Field must be at least {min} characters long.': {
    by: 'min',
    one: 'Field must be at least {min} character long.',
    other: 'Field must be at least {min} characters long.',
  },
  'Field cannot be longer than {max} characters.': {
    by: 'max',
    one: 'Field cannot be longer than {max} character.',
    other: 'Field cannot be longer than {max} characters.',
  },
  'Field must be exactly {max} characters long.': {
    by: 'max',
    one: 'Field must be exactly {max} character long.',
    other: 'Field must be exactly {max} characters long.',
  },
  'Field must have at least {min} entries.': {
    by: 'min',
    one: 'Field must have at least {min} entry.',
    other: 'Field must have at least {min} entries.',
  },
  'Field cannot have more than {max} entries.': {
    by: 'max',
    one: 'Field cannot have more than {max} entry.',
    other: 'Field cannot have more than {max} entries.',
  },
  'Shorten this by {excess} characters.': {
    by: 'excess',
    one: 'Shorten this by {excess} character.',
    other: 'Shorten this by {excess} characters.',
  },
  '{count} bytes': { by: 'count', one: '{count} byte', other: '{count} bytes' },
} as const satisfies Partial<Record<MessageText, PluralText>>;

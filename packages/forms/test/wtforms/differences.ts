import { mapped } from './python';
import { WtformsCase } from './wtforms-case';

/** What is not as in WTForms, and why it cannot be. */
export interface Difference {
  readonly when: (given: WtformsCase) => boolean;
  /** The case with the outcome that it has here. */
  readonly instead: (given: WtformsCase) => WtformsCase;
  readonly because: string;
}

const MAXLENGTH = /\bmaxlength="([1-9]\d*)"/g;

/** What of a kind of field browsers take, or is a number here, and what is said of anything else. */
const SYNTAX: Readonly<Record<string, readonly [accepts: (text: string) => boolean, message: string]>> = {
  IntegerField: [
    (text) => /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)),
    'Not a valid integer value.',
  ],
  DecimalField: [(text) => /^-?(\d+|\d*\.\d+)(e[+-]?\d+)?$/i.test(text), 'Not a valid decimal value.'],
  DateField: [(text) => /^\d{4}-\d\d-\d\d$/.test(text), 'Not a valid date value.'],
};

function refusals({ fields = {}, formdata }: WtformsCase): Record<string, string[]> {
  return messagesOf(Object.entries(fields), (name, type) => {
    const [text, ...others] = formdata?.[name] ?? [];
    const [accepts, message] = SYNTAX[type] ?? [];
    return text && others.length === 0 && accepts?.(text) === false ? message : undefined;
  });
}

/** What is said of several values of a field that has one; of a checkbox, the first counts here as well. */
const REPEATED: Readonly<Record<string, string>> = {
  StringField: 'Not a valid text value.',
  IntegerField: 'Not a valid integer value.',
};

function repetitions({ fields = {}, formdata }: WtformsCase): Record<string, string[]> {
  return messagesOf(Object.entries(fields), (name, type) =>
    (formdata?.[name]?.length ?? 0) > 1 ? REPEATED[type] : undefined,
  );
}

function messagesOf(
  fields: readonly (readonly [name: string, field: { type: string }])[],
  message: (name: string, type: string) => string | undefined,
): Record<string, string[]> {
  return Object.fromEntries(
    fields.flatMap(([name, { type }]) => {
      const found = message(name, type);
      return found === undefined ? [] : [[name, [found]]];
    }),
  );
}

export const DIFFERENCES: readonly Difference[] = [
  {
    because: 'browsers count maxlength in UTF-16 units, and would refuse "👍👍👍" where 3 characters may be',
    when: ({ html }) => Object.values(html ?? {}).some((one) => one.search(MAXLENGTH) >= 0),
    instead: (given) => ({
      ...given,
      html: mapped(given.html ?? {}, (one) =>
        one.replace(MAXLENGTH, (_all, length: string) => `maxlength="${2 * Number(length)}"`),
      ),
    }),
  },
  {
    because: "a global variable of Python's email_validator, TEST_ENVIRONMENT, lets this address pass there",
    when: ({ validator, args, value, valid }) =>
      validator === 'Email' &&
      args?.test_environment === undefined &&
      valid === true &&
      String(value).endsWith('.test'),
    instead: (given) => ({ ...given, valid: false, message_observed: 'Invalid email address.' }),
  },
  {
    because: 'a browser refuses it in such a control, or JavaScript has no number that is exactly this one',
    when: (given) => given.valid === true && Object.keys(refusals(given)).length > 0,
    instead: (given) => ({ ...given, valid: false, errors_observed: refusals(given) }),
  },
  {
    because: 'no form sends such a field twice, and to take the first in silence would lose the other',
    when: (given) => given.valid === true && Object.keys(repetitions(given)).length > 0,
    instead: (given) => ({ ...given, valid: false, errors_observed: repetitions(given) }),
  },
  {
    because: 'no visitor can do anything about a name that the developer has mistyped',
    when: ({ validator, args, values }) =>
      validator === 'EqualTo' && values !== undefined && args?.fieldname !== values.other_name,
    instead: (given) => ({ ...given, raises: 'FormDeclarationError' }),
  },
];

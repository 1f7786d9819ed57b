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
];

import { ValidationOptions, isEmail } from 'class-validator';
import { domainToASCII, domainToUnicode } from 'node:url';
import { Message } from '../translations/message';
import { createValidator } from './validator';

export interface EmailOptions extends ValidationOptions {
  /** Says what is wrong with the address, where that is clear. */
  readonly granularMessage?: boolean;
  /** Takes addresses below `.test` as well. */
  readonly testEnvironment?: boolean;
  /** Takes other letters than ASCII before the @, as RFC 6531 has them; on. */
  readonly allowSmtputf8?: boolean;
  /** Takes an address without anything before the @, such as an alias of Postfix. */
  readonly allowEmptyLocal?: boolean;
}

/** Characters that nobody sees make one address look like another, and some mail servers drop them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}]/u;

/** Names below which nobody on the Internet gets mail (IANA, Special-Use Domain Names). */
const SPECIAL_USE = /[@.](?:arpa|invalid|local|localhost|onion|test)$/i;
const TEST = /[@.]test$/i;

/** An address to which mail could be delivered, by the looks of it. */
export function Email(options: EmailOptions = {}): PropertyDecorator {
  return createValidator(
    {
      name: 'email',
      validate: (value) => isEmailAddress(value, options),
      defaultMessage: ({ value }) => (options.granularMessage ? problemOf(value) : INVALID),
    },
    options,
  );
}

/** Whether `Email()` takes it. */
export function isEmailAddress(
  value: unknown,
  { testEnvironment = false, allowSmtputf8 = true, allowEmptyLocal = false }: EmailOptions = {},
): value is string {
  if (typeof value !== 'string' || !value.isWellFormed() || UNSEEN.test(value)) return false;
  const address = allowEmptyLocal && value.startsWith('@') ? `postmaster${value}` : value;
  return (
    isEmail(address, { allow_utf8_local_part: allowSmtputf8 }) &&
    isDomain(address.slice(address.lastIndexOf('@') + 1)) &&
    // Quoted, anything could stand before the @; hardly a mail server takes it.
    !address.startsWith('"') &&
    (!SPECIAL_USE.test(address) || (testEnvironment && TEST.test(address)))
  );
}

/** Node 22 and later keep a label of invalid Punycode as it is, where Node 20 refuses the whole name. */
function isDomain(name: string): boolean {
  const ascii = domainToASCII(name);
  return ascii !== '' && !/(?:^|\.)xn--/.test(domainToUnicode(ascii));
}

const INVALID = 'Invalid email address.';

/** What can be said of an address, in the words of Python's email-validator, the most telling first. */
const PROBLEMS: readonly (readonly [wrong: RegExp, message: string])[] = [
  [/^[^@]*$/, 'An email address must have an @-sign.'],
  [/^@/, 'There must be something before the @-sign.'],
  [/@$/, 'There must be something after the @-sign.'],
  [/@.*@/, "The part after the @-sign contains invalid characters: '@'."],
  [/^\./, 'An email address cannot start with a period.'],
  [/\.@/, 'An email address cannot have a period immediately before the @-sign.'],
  [/@\./, 'An email address cannot have a period immediately after the @-sign.'],
  [/@-/, 'An email address cannot have a hyphen immediately after the @-sign.'],
  [/\.\./, 'An email address cannot have two periods in a row.'],
  [/@[^.]*$/, 'The part after the @-sign is not valid. It should have a period.'],
  [
    SPECIAL_USE,
    'The part after the @-sign is a special-use or reserved name that cannot be used with email.',
  ],
  [
    /\.(?=[^.]*$)[^.\d]*\d/,
    'The part after the @-sign is not valid. It is not within a valid top-level domain.',
  ],
];

/** What may stand before the @ without quotes (RFC 5322, and RFC 6531 for what is not ASCII). */
const LOCAL_CHARACTER = /[\w.!#$%&'*+/=?^`{|}~-]/;
const NAMES: Readonly<Record<string, string>> = { ' ': 'SPACE', '\u00a0': 'NO-BREAK SPACE' };

/** The characters of the part before the @ that can never be there, in order and each once. */
function badCharacters(local: string): string[] {
  const bad = Array.from(local).filter((one) =>
    one > '\x7f' ? UNSEEN.test(one) || !one.isWellFormed() : !LOCAL_CHARACTER.test(one),
  );
  return [...new Set(bad)].sort().map(displayed);
}

function displayed(character: string): string {
  const isSeen = !UNSEEN.test(character) && character.isWellFormed();
  if (isSeen) return character === "'" ? `"'"` : `'${character}'`;
  const code = character.codePointAt(0) ?? 0;
  return NAMES[character] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function problemOf(value: unknown): string | Message {
  const text = typeof value === 'string' ? value : '';
  const bad = badCharacters(text.slice(0, Math.max(text.indexOf('@'), 0)));
  if (bad.length > 0) {
    return new Message('The email address contains invalid characters before the @-sign: {characters}.', {
      characters: bad.join(', '),
    });
  }
  return PROBLEMS.find(([wrong]) => wrong.test(text))?.[1] ?? INVALID;
}

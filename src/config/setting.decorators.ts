import { Transform } from 'class-transformer';
import { ValidateBy, isEmail } from 'class-validator';
import express from 'express';
import { databaseUrlProblem } from './database-url';
import { hostProblem } from './host';

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\0-\x1f\x7f]/;

/**
 * The one check of a setting. Of several class-validator decorators the last one that fails would be reported, whether or not it is
 * the reason: `PORT=3000x` is not "greater than 65535".
 *
 * @param problem what is wrong with a value, as the rest of a sentence that begins with the variable's name; else undefined
 */
export function Setting(
  problem: (value: unknown) => string | undefined = () => undefined,
): PropertyDecorator {
  const anyProblem = (value: unknown) =>
    problem(value) ??
    (CONTROL_CHARACTER.test(String(value)) ? 'must be one line without control characters' : undefined);
  return ValidateBy({
    name: 'setting',
    validator: {
      validate: (value) => anyProblem(value) === undefined,
      defaultMessage: (wrong) => `${wrong?.property} ${anyProblem(wrong?.value)}`,
    },
  });
}

/** Reads `1`, `true`, `yes`, `on` and their opposites. */
export function ToBoolean(): PropertyDecorator {
  return both(
    Transform(({ value }: { value: unknown }) => {
      const text = String(value).toLowerCase();
      return TRUE.includes(text) ? true : FALSE.includes(text) ? false : value;
    }),
    Setting((value) =>
      typeof value === 'boolean' ? undefined : `must be one of ${[...TRUE, ...FALSE].join(', ')}`,
    ),
  );
}

/** Reads digits and nothing else: no sign, fraction, exponent or unit. */
export function ToInteger(range: { min: number; max: number; of?: string }): PropertyDecorator {
  const what = `a whole number${range.of ? ` of ${range.of}` : ''} from ${range.min} to ${range.max}`;
  return both(
    Transform(({ value }: { value: unknown }) => (/^\d+$/.test(String(value)) ? Number(value) : value)),
    Setting((value) =>
      typeof value === 'number' && value >= range.min && value <= range.max ? undefined : `must be ${what}`,
    ),
  );
}

export function OneOf(...choices: string[]): PropertyDecorator {
  return Setting((value) =>
    choices.includes(String(value)) ? undefined : `must be one of ${choices.join(', ')}`,
  );
}

export function MatchesPattern(pattern: RegExp, problem: string): PropertyDecorator {
  return Setting((value) => (pattern.test(String(value)) ? undefined : problem));
}

/** @param portVariable the variable that the port belongs in */
export function HostName(portVariable: string): PropertyDecorator {
  return Setting((value) => hostProblem(String(value), portVariable));
}

export function DatabaseUrl(): PropertyDecorator {
  return Setting((value) => databaseUrlProblem(String(value)));
}

/** An address, or a name with an address in angle brackets. */
export function Sender(): PropertyDecorator {
  return Setting((value) =>
    isEmail(value, { allow_display_name: true })
      ? undefined
      : 'must be an email address such as admin@example.com, or a name and an address such as Microblog <admin@example.com>',
  );
}

/** Reads addresses that are separated by commas. */
export function EmailAddresses(): PropertyDecorator {
  return both(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? addresses(value) : value)),
    Setting((value) => {
      const wrong = (value as string[]).find((address) => !isEmail(address));
      return wrong === undefined
        ? undefined
        : `must be email addresses separated by commas; ${JSON.stringify(wrong)} is not one`;
    }),
  );
}

export function TrustProxy(): PropertyDecorator {
  return Setting((value) =>
    isTrustProxy(String(value))
      ? undefined
      : 'must be a number of proxies, or names or addresses of proxies separated by commas, as Express takes them',
  );
}

/** Express takes a number for so many proxies, a boolean for all or none, and text for a list of them. */
export function trustProxyOption(setting: string): number | boolean | string {
  if (/^\d+$/.test(setting)) return Number(setting);
  return setting === 'true' || (setting !== 'false' && setting);
}

function isTrustProxy(setting: string): boolean {
  try {
    // Express compiles the list at once, and throws when it cannot.
    express().set('trust proxy', trustProxyOption(setting));
    return true;
  } catch {
    return false;
  }
}

function addresses(list: string): string[] {
  return list
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
}

function both(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

import { Flags } from '../fields/flags';
import { isGroupable } from '../fields/text-attributes';

/**
 * What class-validator's own decorators say about a control, where browsers mean the same by it, or something that
 * refuses less. (`IsEmail` takes addresses that `type=email` refuses: there it is only a hint for the keyboard.)
 */
export function flagsOfClassValidator(name: string, constraints: readonly unknown[]): Flags {
  const [first, second] = constraints;
  return FLAGS[name]?.(first, second) ?? {};
}

const FLAGS: Readonly<Record<string, (first: unknown, second: unknown) => Flags>> = {
  isNotEmpty: () => ({ required: true }),
  arrayNotEmpty: () => ({ required: true }),
  isLength: (min, max) => ({ ...given('minlength', min), ...given('maxlength', max) }),
  minLength: (min) => ({ minlength: min }),
  maxLength: (max) => ({ maxlength: max }),
  min: (min) => ({ min }),
  max: (max) => ({ max }),
  minDate: (min) => ({ min }),
  maxDate: (max) => ({ max }),
  matches: (pattern) => (isHtmlPattern(pattern) ? { pattern: pattern.source } : {}),
  isEmail: () => ({ inputmode: 'email' }),
  isUrl: () => ({ inputmode: 'url' }),
  isPhoneNumber: () => ({ inputmode: 'tel' }),
  isMobilePhone: () => ({ inputmode: 'tel' }),
};

function given(flag: string, value: unknown): Flags {
  return value === undefined ? {} : { [flag]: value };
}

function isWhole(source: string): boolean {
  return source.startsWith('^') && /[^\\](?:\\\\)*\$$/.test(source) && isGroupable(source.slice(1, -1));
}

/** Whether it asks for the whole text, and means the same in the mode `v`, which browsers read patterns in. */
function isHtmlPattern(pattern: unknown): pattern is RegExp {
  if (!(pattern instanceof RegExp) || /[imsy]/.test(pattern.flags) || !isWhole(pattern.source)) return false;
  const isUnicode = /[uv]/.test(pattern.flags);
  // Without a Unicode mode, each of these matches half of a character.
  if (!isUnicode && /\.|\[\^|\\[DSW]/.test(pattern.source.replace(/\\[^DSW]/g, ''))) return false;
  try {
    new RegExp(pattern.source, 'v');
    return true;
  } catch {
    return false;
  }
}

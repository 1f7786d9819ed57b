import { ValidationError } from '../validation/validation-errors';
import { FieldType } from './field-type';
import { Field, FieldOptions } from './field.decorator';
import type { FieldDecorator } from './typed-decorator';

const FLAGS = ['required', 'disabled', 'readonly', 'min', 'max', 'step'];

/** "A valid floating-point number" of the HTML standard: neither `+1` nor `1.`, which browsers refuse. */
const HTML_NUMBER = /^-?(?:\d+|\d*\.\d+)(?:[eE][+-]?\d+)?$/;

/** A whole number, or null; one too large to be exact is refused. */
export const IntegerField = (label: string, options: FieldOptions = {}): FieldDecorator<number> =>
  Field({ label, ...options, kind: { ...integer, type: 'number' } });

/** A whole number on a slider. */
export const IntegerRangeField = (label: string, options: FieldOptions = {}): FieldDecorator<number> =>
  Field({ label, ...options, kind: { ...integer, type: 'range', attributeFlags: RANGE } });

export interface DecimalOptions extends FieldOptions {
  /**
   * How many decimals are shown, rounded. Where left out at least two, and all that the number has: what is shown is sent again. With null
   * as many as it has.
   */
  readonly places?: number | null;
}

/** A number, or null; one with more digits than a JavaScript number holds is refused rather than rounded. */
export const DecimalField = (
  label: string,
  { places, ...options }: DecimalOptions = {},
): FieldDecorator<number> =>
  Field({ label, ...options, kind: { ...decimal, type: 'number', format: decimalFormat(places) } });

/** A number on a slider. */
export const DecimalRangeField = (
  label: string,
  { places, ...options }: DecimalOptions = {},
): FieldDecorator<number> =>
  Field({
    label,
    ...options,
    kind: { ...decimal, type: 'range', attributeFlags: RANGE, format: decimalFormat(places) },
  });

/** A number, or null, as near to what was typed as a JavaScript number is. */
export const FloatField = (label: string, options: FieldOptions = {}): FieldDecorator<number> =>
  Field({ label, ...options, kind: float });

/** A slider always has a value, and cannot be read-only. */
const RANGE = ['disabled', 'min', 'max', 'step'];

const number = {
  element: 'input',
  attributeFlags: FLAGS,
  empty: null,
  format: (value: unknown) => (typeof value === 'number' ? String(value) : undefined),
} as const;

const integer: FieldType = {
  ...number,
  convert: (sent) => {
    const value = toNumber(sent, /^-?\d+$/);
    if (!Number.isSafeInteger(value)) throw new ValidationError('Not a valid integer value.');
    return value;
  },
  // Steps are counted from `min`: a broken one would make every whole number wrong.
  attribute: (flag, value) => {
    if (flag === 'min') return Math.ceil(Number(value));
    return flag === 'max' ? Math.floor(Number(value)) : value;
  },
};

const decimal: FieldType = {
  ...number,
  attributes: { step: 'any' },
  convert: (sent) => {
    const value = toNumber(sent, HTML_NUMBER);
    if (!Number.isFinite(value) || digitsOf(sent) !== digitsOf(value)) {
      throw new ValidationError('Not a valid decimal value.');
    }
    return value;
  },
};

const float: FieldType = {
  ...number,
  type: 'number',
  attributes: { step: 'any' },
  convert: (sent) => {
    const value = toNumber(sent, HTML_NUMBER);
    if (!Number.isFinite(value)) throw new ValidationError('Not a valid float value.');
    return value;
  },
};

/** As WTForms has it, two decimals, but none are dropped that nobody has asked to drop. */
const USUAL_PLACES = 2;

function decimalFormat(places: number | null | undefined): FieldType['format'] {
  return (value) => {
    const text = number.format(value);
    // Browsers read an exponent as well.
    if (typeof value !== 'number' || text === undefined || places === null || text.includes('e')) return text;
    if (places !== undefined) return value.toFixed(places);
    // Not by `toFixed`, which may have other digits than the shortest text of the number.
    const [whole = '', fraction = ''] = text.split('.');
    return `${whole}.${fraction.padEnd(USUAL_PLACES, '0')}`;
  };
}

function toNumber(sent: unknown, syntax: RegExp): number {
  const value = typeof sent === 'string' && syntax.test(sent.trim()) ? Number(sent) : sent;
  if (typeof value !== 'number') return NaN;
  // Nobody means the negative zero of floating point.
  return value === 0 ? 0 : value;
}

/** The digits that count, of a number or of its text: where they are not the same, some have been lost. */
function digitsOf(number: unknown): string {
  const [mantissa = ''] = String(number).trim().split(/e/i);
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  return withoutOuterZeros(whole + fraction);
}

function withoutOuterZeros(digits: string): string {
  let [start, end] = [0, digits.length];
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return digits.slice(start, end);
}

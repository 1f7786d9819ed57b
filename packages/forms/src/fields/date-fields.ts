import { ValidationError } from '../validation/validation-errors';
import { FieldType } from './field-type';
import { Field, FieldOptions } from './field.decorator';
import type { FieldDecorator } from './typed-decorator';

export interface TimeOptions extends FieldOptions {
  /** Whether seconds may be given, and are asked for. */
  readonly seconds?: boolean;
}

const FLAGS = ['required', 'disabled', 'readonly', 'min', 'max', 'step'];

/** A day: a `Date` at its beginning in UTC, or null. */
export const DateField = (label: string, options: FieldOptions = {}): FieldDecorator<Date> =>
  Field({ label, ...options, kind: date });

/** A time of day: a string such as `09:30`, or `09:30:15` where seconds are asked for, or null. */
export const TimeField = (
  label: string,
  { seconds = false, ...options }: TimeOptions = {},
): FieldDecorator<string> => Field({ label, ...options, kind: time(seconds) });

/** A day and a time without a zone: a `Date` that reads in UTC what was typed, or null. */
export const DateTimeLocalField = (
  label: string,
  { seconds = false, ...options }: TimeOptions = {},
): FieldDecorator<Date> => Field({ label, ...options, kind: dateTimeLocal(seconds) });

/** A month: a `Date` at the beginning of its first day in UTC, or null. */
export const MonthField = (label: string, options: FieldOptions = {}): FieldDecorator<Date> =>
  Field({ label, ...options, kind: month });

/** A week of ISO 8601: a `Date` at the beginning of its Monday in UTC, or null. */
export const WeekField = (label: string, options: FieldOptions = {}): FieldDecorator<Date> =>
  Field({ label, ...options, kind: week });

const common = { element: 'input', attributeFlags: FLAGS, empty: null } as const;

const date = dayKind('date', dateOf, day, 'Not a valid date value.');
const month = dayKind('month', firstOfMonth, monthOf, 'Not a valid month value.');
const week = dayKind('week', mondayIn, weekOf, 'Not a valid week value.');

/** A kind whose value is the beginning of a day. */
function dayKind(
  type: string,
  read: (typed: string) => Date | undefined,
  format: FieldType['format'],
  message: string,
): FieldType {
  return {
    ...common,
    type,
    convert: (sent) => {
      const value = read(text(sent));
      if (!value) throw new ValidationError(message);
      return value;
    },
    format,
    attribute: (_flag, value) => format(value) ?? value,
  };
}

function dateOf(typed: string): Date | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(typed) ? inUtc(`${typed}T00:00:00`) : undefined;
}

function firstOfMonth(typed: string): Date | undefined {
  return /^\d{4}-\d\d$/.test(typed) ? inUtc(`${typed}-01T00:00:00`) : undefined;
}

function mondayIn(typed: string): Date | undefined {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(typed) ?? [];
  const value = year === undefined ? undefined : mondayOf(Number(year), Number(number));
  // A week that its year does not have is one of the next.
  return value && weekOf(value) === typed ? value : undefined;
}

function time(seconds: boolean): FieldType {
  return {
    ...common,
    type: 'time',
    attributes: seconds ? { step: 1 } : undefined,
    convert: (sent) => {
      const value = clock(text(sent), seconds);
      if (value === undefined) throw new ValidationError('Not a valid time value.');
      return value;
    },
    format: (value) => (typeof value === 'string' ? value : undefined),
  };
}

function dateTimeLocal(seconds: boolean): FieldType {
  const format = (value: unknown) => dayAndTime(value, seconds);
  return {
    ...common,
    type: 'datetime-local',
    attributes: seconds ? { step: 1 } : undefined,
    convert: (sent) => {
      const [, on = '', at = ''] = /^(\d{4}-\d\d-\d\d)[T ](.+)$/.exec(text(sent)) ?? [];
      const value = clock(at, seconds) === undefined ? undefined : inUtc(`${on}T${at.padEnd(8, ':00')}`);
      if (!value) throw new ValidationError('Not a valid datetime value.');
      return value;
    },
    format,
    attribute: (_flag, value) => format(value) ?? value,
  };
}

function text(sent: unknown): string {
  return typeof sent === 'string' ? sent.trim() : '';
}

/** A time of day in its usual form; seconds other than none only where they are asked for, as browsers have it. */
function clock(typed: string, seconds: boolean): string | undefined {
  const [, minutes, rest = '00'] = /^((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d))?$/.exec(typed) ?? [];
  if (minutes === undefined || (!seconds && rest !== '00')) return undefined;
  return seconds ? `${minutes}:${rest}` : minutes;
}

/** The time of an ISO 8601 text without a zone; undefined for one that no calendar has, such as 30 February or year 0. */
function inUtc(iso: string): Date | undefined {
  const value = new Date(`${iso}Z`);
  const exists = !Number.isNaN(value.getTime()) && value.toISOString().startsWith(iso);
  return exists && !iso.startsWith('0000') ? value : undefined;
}

function day(value: unknown): string | undefined {
  return iso(value)?.slice(0, 'yyyy-mm-dd'.length);
}

function monthOf(value: unknown): string | undefined {
  return iso(value)?.slice(0, 'yyyy-mm'.length);
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The first week of a year is that of 4 January (ISO 8601). */
function mondayOf(year: number, week: number): Date | undefined {
  const fourth = inUtc(`${String(year).padStart(4, '0')}-01-04T00:00:00`);
  if (!fourth) return undefined;
  const daysSinceMonday = (fourth.getUTCDay() + 6) % 7;
  return new Date(fourth.getTime() + ((week - 1) * 7 - daysSinceMonday) * DAY_MS);
}

function weekOf(value: unknown): string | undefined {
  const day = iso(value)?.slice(0, 'yyyy-mm-dd'.length);
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const first = mondayOf(year, 1)?.getTime() ?? NaN;
  const number = Math.floor((thursday.getTime() - first) / (7 * DAY_MS)) + 1;
  return `${String(year).padStart(4, '0')}-W${String(number).padStart(2, '0')}`;
}

function dayAndTime(value: unknown, seconds: boolean): string | undefined {
  return iso(value)?.slice(0, (seconds ? 'yyyy-mm-ddThh:mm:ss' : 'yyyy-mm-ddThh:mm').length);
}

function iso(value: unknown): string | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

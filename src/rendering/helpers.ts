import { formatDistanceToNow } from 'date-fns/formatDistanceToNow';
import Handlebars from 'handlebars';
export { peopleText } from './people-text';

const { SafeString } = Handlebars;

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
/** January to December; a formatter takes a hundred times as long, and a page has a time for each post. */
const MONTH_NAMES = Array.from({ length: 12 }, (_, month) => MONTH.format(Date.UTC(2000, month)));

/** A time as `<time>`: in words, exactly as a tooltip, and in ISO 8601 for programs. */
export function time(at: Date): Handlebars.SafeString {
  return timeElement(at, formatDistanceToNow(at, { addSuffix: true }));
}

/** A time as `<time>`, in words and exactly, both to read. `public/local-times.js` converts it to the reader's time zone. */
export function exactTime(at: Date): Handlebars.SafeString {
  const inWords = formatDistanceToNow(at, { addSuffix: true });
  return timeElement(at, `${inWords} <span class="exact">(<span data-exact>${inUtc(at)}</span>)</span>`);
}

/** A time as `<time>`, exactly and not in words; converted as {@link exactTime}. */
export function dateTime(at: Date): Handlebars.SafeString {
  return timeElement(at, `<span data-exact>${inUtc(at)}</span>`);
}

export function either(...values: [unknown, unknown, Handlebars.HelperOptions]): boolean {
  return values.slice(0, 2).some(Boolean);
}

/** Whether two values are the same. `undefined` equals nothing, not even `undefined`. */
export function equal(left: unknown, right: unknown): boolean {
  return left !== undefined && left === right;
}

export function not(value: unknown): boolean {
  return !value;
}

/** The address of a person's page, as the browser asks for it. */
export function profilePath(username: string): string {
  return `/user/${username}`;
}

/** Text as a part of an address. */
export function encode(text: string): string {
  return encodeURIComponent(text);
}

function timeElement(at: Date, text: string): Handlebars.SafeString {
  return new SafeString(`<time datetime="${at.toISOString()}" title="${inUtc(at)}">${text}</time>`);
}

/** A time as text, to the minute. */
export function inUtc(at: Date): string {
  const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()].map((part) => String(part).padStart(2, '0'));
  return `${at.getUTCDate()} ${MONTH_NAMES[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${hour}:${minute} UTC`;
}

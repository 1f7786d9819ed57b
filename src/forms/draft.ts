import type { Request } from 'express';
import { requestContext } from '../logging/request-context';
import { readCookie } from '../rendering/cookies';
import { ReplyCookie } from '../rendering/reply';
import { fieldsOf } from './fields/field.decorator';
import { FormPage } from './form-page';

/** What was typed into a form while nobody was signed in any more, until who typed it sees the page again. */
interface Draft {
  /** Who the form was made for. */
  readonly userId: number;
  readonly path: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

const DRAFT_COOKIE = 'draft';
const HOUR_MS = 60 * 60_000;
/** Browsers keep 4,096 bytes of a cookie, its name and attributes included. */
const MAX_COOKIE_LENGTH = 3_500;

/** A cookie with what somebody typed, passwords excepted; undefined where there is nothing, or too much, to keep. */
export function draftCookie(
  { path, dto }: FormPage<object>,
  body: unknown,
  userId: number,
): ReplyCookie | undefined {
  const fields = Object.entries(body ?? {}).filter(([name, value]) => {
    const field = fieldsOf(dto.prototype as object).get(name);
    return field && !field.kind.isSecret && isText(value);
  });
  const value = JSON.stringify({ userId, path, fields: Object.fromEntries(fields) });
  if (fields.length === 0 || encodeURIComponent(value).length > MAX_COOKIE_LENGTH) return undefined;
  return { name: DRAFT_COOKIE, value, options: { maxAge: HOUR_MS } };
}

/** What the person who is signed in had typed into the form of this page. */
export function draftFor({ path }: FormPage<object>, request: Request): Draft['fields'] | undefined {
  const draft = draftIn(request);
  const isTheirs = draft?.path === path && draft.userId === requestContext()?.userId;
  return isTheirs ? draft.fields : undefined;
}

/** Who has typed what is kept in this browser, or undefined where nothing is. */
export function draftOwner(request: Request): number | undefined {
  return draftIn(request)?.userId;
}

export const forgetDraft: ReplyCookie = { name: DRAFT_COOKIE, value: undefined };

function draftIn(request: Request): Draft | undefined {
  const value = readCookie(request, DRAFT_COOKIE);
  return value === undefined ? undefined : (JSON.parse(value) as Draft);
}

/** One text from a browser, or several from a control that can send more. A JSON body may be nested without an end. */
function isText(value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.every((item) => typeof item === 'string');
}

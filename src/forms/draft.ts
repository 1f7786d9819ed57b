import type { Request } from 'express';
import { readCookie } from '../rendering/cookies';
import { ReplyCookie } from '../rendering/reply';
import { fieldsOf } from './fields/field.decorator';
import { FormPage } from './form-page';

/** What was typed into a form while nobody was signed in any more, until its page is shown again. */
interface Draft {
  readonly path: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

const DRAFT_COOKIE = 'draft';
/** In milliseconds. */
const HOUR = 60 * 60_000;
/** Browsers keep 4,096 bytes of a cookie, its name and attributes included. */
const LONGEST = 3_500;

/** A cookie with what was typed, save passwords; undefined where there is nothing, or too much, to keep. */
export function draftCookie({ path, dto }: FormPage<object>, body: unknown): ReplyCookie | undefined {
  const fields = Object.entries(body ?? {}).filter(([name, value]) => {
    const field = fieldsOf(dto.prototype as object).get(name);
    return field && !field.kind.isSecret && isText(value);
  });
  const value = JSON.stringify({ path, fields: Object.fromEntries(fields) });
  if (fields.length === 0 || encodeURIComponent(value).length > LONGEST) return undefined;
  return { name: DRAFT_COOKIE, value, options: { maxAge: HOUR } };
}

/** What was typed before into the form of this page. */
export function draftFor({ path }: FormPage<object>, request: Request): Draft['fields'] | undefined {
  const value = readCookie(request, DRAFT_COOKIE);
  if (value === undefined) return undefined;
  const draft = JSON.parse(value) as Draft;
  return draft.path === path ? draft.fields : undefined;
}

export const forgetDraft: ReplyCookie = { name: DRAFT_COOKIE, value: undefined };

/** One text from a browser, or several from a control that can send more. A JSON body may be nested without an end. */
function isText(value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.every((item) => typeof item === 'string');
}

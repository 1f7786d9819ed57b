import { Draft, FormPage, draftOf, showForm } from '@microblog/forms';
import type { Request } from 'express';
import { requestContext } from '../http/request-context';
import { ResponseCookie, readCookie } from '../http/cookies';
import { View } from '../rendering/reply';

/** What was typed into a form while nobody was signed in any more, until who typed it sees the page again. */
interface KeptDraft {
  /** Who the form was made for. */
  readonly userId: number;
  readonly path: string;
  readonly fields: Draft;
}

const DRAFT_COOKIE = 'draft';
const HOUR_MS = 60 * 60_000;
/** Browsers limit a cookie to 4,096 bytes, including its name and attributes. */
const MAX_COOKIE_LENGTH = 3_500;

/** A cookie with what somebody typed, except passwords; undefined where there is nothing, or too much, to keep. */
export function draftCookie(
  page: FormPage<object>,
  body: unknown,
  userId: number,
): ResponseCookie | undefined {
  const fields = draftOf(page, body);
  const value = JSON.stringify({ userId, path: page.path, fields });
  if (Object.keys(fields).length === 0 || encodeURIComponent(value).length > MAX_COOKIE_LENGTH)
    return undefined;
  return { name: DRAFT_COOKIE, value, options: { maxAge: HOUR_MS } };
}

export const forgetDraft: ResponseCookie = { name: DRAFT_COOKIE, value: undefined };

/** Who typed the draft that this browser keeps, or undefined where it keeps none. */
export function draftOwner(request: Request): number | undefined {
  return draftIn(request)?.userId;
}

/** The page with its form, and in it what this person had typed before having to sign in again. */
export async function showFormWithDraft<T extends object>(
  page: FormPage<T, View>,
  request: Request,
): Promise<View> {
  const draft = draftIn(request);
  if (draft?.path !== page.path || draft.userId !== requestContext()?.userId) return showForm(page, request);
  const message = 'You were signed out. Your text is still here: please send it again.';
  return (await showForm(page, request, { draft: draft.fields, message })).withCookie(forgetDraft);
}

function draftIn(request: Request): KeptDraft | undefined {
  const value = readCookie(request, DRAFT_COOKIE);
  return value === undefined ? undefined : (JSON.parse(value) as KeptDraft);
}

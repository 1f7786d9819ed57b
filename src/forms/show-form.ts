import type { Request } from 'express';
import { View } from '../rendering/reply';
import { draftFor, forgetDraft } from './draft';
import { Form } from './form';
import { FormPage, newDto } from './form-page';

/** The page with its form as it begins, or with what was typed before the person had to sign in again. */
export async function showForm<T extends object>(page: FormPage<T>, request: Request): Promise<View> {
  const draft = draftFor(page, request);
  const form = new Form(newDto(page, request), draft);
  if (!draft) return page.view(form, request);
  form.addError(undefined, 'You were signed out. Your text is still here: please send it again.');
  return (await page.view(form, request)).withCookie(forgetDraft);
}

import type { Request } from 'express';
import { Form } from './form';
import { FormPage, newDto } from './page';
import { languageOfRequest } from './translations/languages';
import type { Translatable } from './translations/message';

/** What was typed into a form earlier, by the names of its fields. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** The page with an empty form, or with what was typed earlier and a message about that. */
export async function showForm<T extends object, V>(
  page: FormPage<T, V>,
  request: Request,
  { draft, message }: { readonly draft?: Draft; readonly message?: string | Translatable } = {},
): Promise<V> {
  const form = new Form(newDto(page, request), draft, false, { language: languageOfRequest(request) });
  if (message !== undefined) form.addError(undefined, message);
  return page.view(form, request);
}

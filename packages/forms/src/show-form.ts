import type { Request } from 'express';
import { Form } from './form';
import { isRecord, sentUnder } from './sent-values';
import { FormPage, isLoaded, loadDto, newDto } from './page';
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
  const { prefix } = page;
  const dto = isLoaded(page) ? await loadDto(page, request) : newDto(page, request);
  const typed = draft && prefix !== undefined ? sentUnder(draft, prefix) : draft;
  const form = new Form(dto, isRecord(typed) ? typed : undefined, false, {
    prefix: prefix === undefined ? '' : `${prefix}.`,
    language: languageOfRequest(request),
  });
  if (message !== undefined) form.addError(undefined, message);
  return page.view(form, request);
}

import type { Request } from 'express';
import { FieldError } from './exceptions';
import { Form } from './form';
import { FormPage, newDto } from './page';
import { postedForm } from './posted-form';

/** What was typed into a form earlier, by the names of its fields. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** The page with an empty form, or with what was typed earlier and a message about that. */
export async function showForm<T extends object, V>(
  page: FormPage<T, V>,
  request: Request,
  { draft, message }: { readonly draft?: Draft; readonly message?: string } = {},
): Promise<V> {
  const form = new Form(newDto(page, request), draft);
  if (message !== undefined) form.addError(undefined, message);
  return page.view(form, request);
}

/**
 * The page of the form that was posted, with what was typed and what is wrong; undefined where no form was posted.
 *
 * @param error that refused it; a FieldError says at which field
 * @param messages shown above the form where its own check found nothing wrong
 * @throws whatever the page throws
 */
export async function showRefusedForm<V>(
  request: Request,
  error: unknown,
  messages: readonly string[] = [],
): Promise<V | undefined> {
  const page = request.formPage as FormPage<object, V> | undefined;
  const form = postedForm(request);
  if (!page || !form) return undefined;
  if (error instanceof FieldError) form.addError(error.field, error.message);
  else if (form.isValid) for (const message of messages) form.addError(undefined, message);
  return page.view(form, request);
}

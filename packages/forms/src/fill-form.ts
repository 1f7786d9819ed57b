import { Form } from './form';
import type { Language } from './translations/language';
import { FormDeclarationError } from './validation/form-declaration.error';

export interface FillOptions {
  readonly isJson?: boolean;
  readonly prefix?: string;
  readonly language?: Language;
}

/**
 * Fills the fields of a DTO from a posted body, converted; whatever else is in the body is not read.
 *
 * @param isJson whether the body came as JSON: then true is the only consent, null is no text, and a field that is `@IsOptional()`
 * stays undefined where it is left out
 * @param prefix stands before the names of the fields in HTML and in messages, not in the body
 * @param language in which the form speaks; English where left out
 * @throws FormDeclarationError for a DTO without fields, which would be valid whatever was sent
 */
export function fillForm<T extends object>(
  data: T,
  body: unknown,
  { isJson = false, prefix = '', language }: FillOptions = {},
): Form<T> {
  const form = new Form(data, Object.fromEntries(Object.entries(body ?? {})), isJson, { prefix, language });
  if (form.fields.length === 0) throw new FormDeclarationError([withoutFields(data)]);
  for (const field of form.fields) field.fill();
  return form;
}

function withoutFields(data: object): string {
  return typeof data === 'function'
    ? `${data.name} is a class: a form needs an instance of it`
    : `${data.constructor.name} has no fields`;
}

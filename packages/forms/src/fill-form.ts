import { Form } from './form';

/**
 * Fills the fields of a DTO from a posted body, converted; whatever else is in the body is not read.
 *
 * @param isJson whether the body came as JSON: then true is the only consent, null is no text, and a field that is `@IsOptional()`
 * stays undefined where it is left out
 */
export function fillForm<T extends object>(
  data: T,
  body: unknown,
  { isJson = false }: { readonly isJson?: boolean } = {},
): Form<T> {
  const form = new Form(data, Object.fromEntries(Object.entries(body ?? {})), isJson);
  for (const field of form.fields) field.fill();
  return form;
}

import { Form } from './form';

/** Fills the fields of a DTO from a posted body, converted; whatever else is in the body is not read. */
export function fillForm<T extends object>(data: T, body: unknown): Form<T> {
  const form = new Form(data, Object.fromEntries(Object.entries(body ?? {})));
  for (const field of form.fields) field.fill();
  return form;
}

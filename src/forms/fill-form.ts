import { FieldOptions, fieldsOf } from './field.decorator';
import { Form } from './form';
import { isTicked } from './form-field';

/** Fills the fields of a DTO from a posted body; whatever else is in the body is not read. */
export function fillForm<T extends object>(data: T, body: unknown): Form<T> {
  const posted = new Map(Object.entries(body ?? {}));
  for (const [name, options] of fieldsOf(data)) {
    Object.assign(data, { [name]: valueOf(options, posted.get(name)) });
  }
  return new Form(data, Object.fromEntries(posted));
}

/** What is neither text nor missing stays as it is, for the checks to refuse. */
function valueOf({ type }: FieldOptions, posted: unknown): unknown {
  if (type === 'checkbox') return isTicked(posted);
  if (posted === undefined) return '';
  if (typeof posted !== 'string' || type === 'password') return posted;
  return posted.replace(/\r\n?/g, '\n').trim();
}

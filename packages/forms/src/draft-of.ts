import { FieldDeclaration, fieldsOf } from './fields/field.decorator';
import { FormPage } from './page';
import { Draft } from './show-form';

/** What may be kept of a posted form until it can be shown again: texts of its fields, without secrets. */
export function draftOf({ dto, prefix }: FormPage<object>, body: unknown): Draft {
  const fields = fieldsOf(dto.prototype as object);
  const kept = Object.entries(body ?? {}).filter(([name, value]) => {
    const path = name.split('.');
    if (prefix !== undefined && path.shift() !== prefix) return false;
    const field = fieldAt(fields, path);
    return field && !field.kind.isSecret && isText(value);
  });
  return Object.fromEntries(kept);
}

/** The field at a path such as `address.city` or `phones.0`. */
function fieldAt(
  fields: ReadonlyMap<string, FieldDeclaration>,
  [name = '', ...rest]: readonly string[],
): FieldDeclaration | undefined {
  const field = fields.get(name);
  return field && inField(field, rest);
}

function inField(field: FieldDeclaration, path: readonly string[]): FieldDeclaration | undefined {
  const { nested, list } = field;
  // Entries may come under the name of their list alone.
  if (list) return inField(list.entry, path.slice(1));
  if (nested) return fieldAt(fieldsOf(nested.prototype as object), path);
  return path.length === 0 ? field : undefined;
}

/** One text from a browser, or several from a control that can send more. A JSON body may be nested without end. */
function isText(value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.every((item) => typeof item === 'string');
}

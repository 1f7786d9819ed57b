import type { Type } from '@nestjs/common';
import { FieldDeclaration, fieldsOf } from './field.decorator';

/** What a page says of its fields. */
interface FieldsOfPage {
  readonly dto: Type;
  readonly prefix?: string;
}

/** The field that a name in HTML is for, such as `address.city` or `phones.0`; undefined where it is for none. */
export function declarationFor({ dto, prefix }: FieldsOfPage, name: string): FieldDeclaration | undefined {
  const path = name.split('.');
  if (prefix !== undefined && path.shift() !== prefix) return undefined;
  return fieldAt(fieldsOf(dto.prototype as object), path);
}

/** Whether a field of a DTO takes a file, in the forms and lists in it as well. */
export function takesFiles(dto: Type, outer: ReadonlySet<unknown> = new Set()): boolean {
  const seen = new Set(outer).add(dto);
  return [...fieldsOf(dto.prototype as object).values()].some((field) => {
    const { kind, nested } = field.list?.entry ?? field;
    return kind.type === 'file' || (nested !== undefined && !seen.has(nested) && takesFiles(nested, seen));
  });
}

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

import { declarationFor } from './fields/declaration-for';
import { FormPage } from './page';
import { Draft } from './show-form';

/** What may be kept of a posted form until it can be shown again: texts of its fields, without secrets. */
export function draftOf(page: FormPage<object>, body: unknown): Draft {
  const kept = Object.entries(body ?? {}).filter(([name, value]) => {
    const field = declarationFor(page, name);
    return field && !field.kind.isSecret && isText(value);
  });
  return Object.fromEntries(kept);
}

/** One text from a browser, or several from a control that can send more. A JSON body may be nested without end. */
function isText(value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.every((item) => typeof item === 'string');
}

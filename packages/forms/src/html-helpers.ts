import Handlebars from 'handlebars';

const { escapeExpression, SafeString } = Handlebars;

/** The entries of an object as HTML attributes; `true` stands alone, `false`, null and undefined are left out. */
export function attributes(values: Record<string, unknown>): Handlebars.SafeString {
  const list = Object.entries(values)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => (value === true ? name : `${name}="${escapeExpression(String(value))}"`));
  return new SafeString(list.join(' '));
}

/** Whether two values are the same. `undefined` equals nothing, not even `undefined`. */
export function equal(left: unknown, right: unknown): boolean {
  return left !== undefined && left === right;
}

export function unique(values: readonly unknown[]): unknown[] {
  return [...new Set(values)];
}

import type { Form } from '../form';
import type { BoundField } from '../field';

/** A validator that is a function. It throws a ValidationError or a StopValidation when the value does not hold. */
export type FieldValidator = (field: BoundField, form: Form<object>) => void | Promise<void>;

const AsyncFunction = Object.getPrototypeOf(async () => Promise.resolve()) as object;

/** Whether it was declared `async`: then it may ask a database, and has to wait for what need not. */
export function isAsyncFunction(check: object): boolean {
  return Object.getPrototypeOf(check) === AsyncFunction;
}

/**
 * Runs a validator that is a function.
 *
 * @throws TypeError when it has something to wait for without being declared `async`: it has begun before the others are done
 */
export function callValidator(
  check: FieldValidator,
  field: BoundField,
  form: Form<object>,
): void | Promise<void> {
  const done: unknown = check(field, form);
  if (!(done instanceof Promise)) return;
  if (isAsyncFunction(check)) return done as Promise<void>;
  // What it comes to is of no interest any more.
  done.catch(() => undefined);
  throw new TypeError(
    `The validator ${check.name.replace(/^bound /, '')} of ${field.name} returns a promise: declare it async`,
  );
}

import type { Type } from '@nestjs/common';
import type { Request } from 'express';
import { Form } from './form';
import { ExtraValidators } from './form-validator';

/**
 * A page with a form: a provider that its controller shows, and that shows the form again when it is refused. What `view` returns is up to
 * the application: HTML, or whatever it makes HTML of.
 */
export interface FormPage<T extends object, V = unknown> {
  /** Where the page is. */
  readonly path: string;

  readonly dto: Type<T>;

  /** The DTO before anything is typed, built with what only the server knows. */
  create(request: Request): T;

  /** Validators for this request alone, by the name of their field. */
  extraValidators?(request: Request): ExtraValidators<T>;

  /** The page around the form, with whatever else is on it. */
  view(form: Form<T>, request: Request): V | Promise<V>;
}

/** A page as a handler names it: the class of a provider, or the page itself. */
export type DeclaredFormPage = Type<FormPage<object>> | FormPage<object>;

/**
 * The DTO of a page before anything is typed.
 *
 * @throws TypeError where the page makes anything else
 */
export function newDto<T extends object>(page: FormPage<T>, request: Request): T {
  const made: unknown = page.create(request);
  if (made instanceof page.dto) return made;
  throw new TypeError(`${page.constructor.name}.create() must return a ${page.dto.name}`);
}

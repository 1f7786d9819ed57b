import type { Type } from '@nestjs/common';
import type { Request } from 'express';
import { Form } from './form';
import { ExtraValidators } from './form-validator';
import { isAsyncFunction } from './validation/field-validator';

/**
 * A page with a form: a provider that its controller shows, and that shows the form again when it is refused. What `view` returns is up to
 * the application: HTML, or whatever it makes HTML of.
 */
export interface FormPage<T extends object, V = unknown> {
  /** Where the page is. */
  readonly path: string;

  readonly dto: Type<T>;

  /** Stands before the names of its fields with a dot after it, where a page has two forms with fields of the same names. */
  readonly prefix?: string;

  /**
   * The DTO before anything is typed, built with what only the server knows. Declared `async`, it is waited for before any guard can refuse
   * the request, so that choices which come from a database are there whatever happens.
   */
  create(request: Request): T | Promise<T>;

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
 * @throws TypeError where the page makes anything else, or a promise without being `async`
 */
export function newDto<T extends object>(page: FormPage<T>, request: Request): T {
  return made(page, page.create(request));
}

/** The same, of a page that is waited for. */
export async function loadDto<T extends object>(page: FormPage<T>, request: Request): Promise<T> {
  return made(page, await page.create(request));
}

/** Whether the DTO of a page has to be waited for. */
export function isLoaded(page: { readonly create: object }): boolean {
  return isAsyncFunction(page.create);
}

function made<T extends object>(page: FormPage<T>, dto: unknown): T {
  if (dto instanceof page.dto) return dto;
  const hint = dto instanceof Promise ? ': declare it async' : '';
  throw new TypeError(`${page.constructor.name}.create() must return a ${page.dto.name}${hint}`);
}

import { createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import { DeclaredFormPage } from './page';
import { postedFormPage } from './posted-form-page';

const FORM_PAGE = Symbol('page of the posted form');
const FORM_PARAMETER = Symbol('index of the parameter for the posted form');

const postedData = createParamDecorator((_page: unknown, context) => {
  const posted = postedFormPage(context.switchToHttp().getRequest<Request>());
  if (posted) return posted.form.data;
  throw new Error('@PostedForm() needs FormInterceptor among the global interceptors');
});

/** The posted form of a page as its DTO, filled and checked. */
export function PostedForm(page: DeclaredFormPage): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('@PostedForm() belongs to a parameter of a handler');
    const handler = (target as Record<string | symbol, object | undefined>)[method];
    if (handler) {
      Reflect.defineMetadata(FORM_PAGE, page, handler);
      Reflect.defineMetadata(FORM_PARAMETER, index, handler);
    }
    postedData(page)(target, method, index);
  };
}

/** The page whose form a handler takes, if it takes one. */
export function formPageOf(handler: object): DeclaredFormPage | undefined {
  return Reflect.getMetadata(FORM_PAGE, handler) as DeclaredFormPage | undefined;
}

/**
 * The type that a handler declares for its posted form, as far as TypeScript tells at run time: `Object` for an interface or a union,
 * undefined where nothing is known of it.
 */
export function postedTypeOf(prototype: object, method: string): unknown {
  const types: unknown = Reflect.getMetadata('design:paramtypes', prototype, method);
  const handler = (prototype as Record<string, object | undefined>)[method];
  const index: unknown = handler && Reflect.getMetadata(FORM_PARAMETER, handler);
  return Array.isArray(types) && typeof index === 'number' ? types[index] : undefined;
}

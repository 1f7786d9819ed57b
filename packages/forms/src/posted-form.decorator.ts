import { Type, createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import { FormPage } from './page';

const FORM_PAGE = Symbol('page of the posted form');

const postedData = createParamDecorator((_page: unknown, context) => {
  const { postedForm } = context.switchToHttp().getRequest<Request>();
  if (postedForm) return postedForm.data;
  throw new Error('@PostedForm() needs FormInterceptor among the global interceptors');
});

/** The posted form of a page as its DTO, filled and checked. */
export function PostedForm(page: Type<FormPage<object>>): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('@PostedForm() belongs to a parameter of a handler');
    const handler = (target as Record<string | symbol, object | undefined>)[method];
    if (handler) Reflect.defineMetadata(FORM_PAGE, page, handler);
    postedData(page)(target, method, index);
  };
}

/** The page whose form a handler takes, if it takes one. */
export function formPageOf(handler: object): Type<FormPage<object>> | undefined {
  return Reflect.getMetadata(FORM_PAGE, handler) as Type<FormPage<object>> | undefined;
}

import { Injectable, PipeTransform, Type, createParamDecorator } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { fillForm } from './fill-form';
import { InvalidForm } from './form-errors';
import { FormPage } from './form-page';
import { FormValidator } from './form-validator';

interface Posted {
  page: Type<FormPage<object>>;
  request: Request;
}

/**
 * Fills the DTO of a form page from the posted body and checks it. Only declared fields are read.
 *
 * @throws InvalidForm when the form does not hold
 */
@Injectable()
export class FormPipe implements PipeTransform<Posted, Promise<object>> {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly validator: FormValidator,
  ) {}

  async transform({ page: pageClass, request }: Posted): Promise<object> {
    const page = this.moduleRef.get(pageClass, { strict: false });
    const form = fillForm(page.create(request), request.body);
    request.postedForm = { page, form };
    await this.validator.validate(form);
    if (!form.isValid) throw new InvalidForm();
    return form.data;
  }
}

/** The posted form of a page as its DTO, filled and checked. */
export function PostedForm(page: Type<FormPage<object>>): ParameterDecorator {
  return createParamDecorator((data: Type<FormPage<object>>, context): Posted => ({
    page: data,
    request: context.switchToHttp().getRequest<Request>(),
  }))(page, FormPipe);
}

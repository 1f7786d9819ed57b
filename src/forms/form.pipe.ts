import { Injectable, PipeTransform } from '@nestjs/common';
import type { Request } from 'express';
import { InvalidForm } from './form-errors';
import { FormValidator } from './form-validator';
import { postedForm } from './posted-form';

/**
 * Fills the DTO of the form page from the posted body and checks it. Only declared fields are read.
 *
 * @throws InvalidForm when the form does not hold
 */
@Injectable()
export class FormPipe implements PipeTransform<Request, Promise<object>> {
  constructor(private readonly validator: FormValidator) {}

  async transform(request: Request): Promise<object> {
    const form = postedForm(request);
    if (!form) throw new Error('@PostedForm() needs FormPageGuard as the first of the global guards');
    await this.validator.validate(form, request.formPage?.extraValidators?.(request));
    if (!form.isValid) throw new InvalidForm();
    return form.data;
  }
}

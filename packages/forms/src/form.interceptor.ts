import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable } from 'rxjs';
import { InvalidFormError } from './exceptions';
import { FormValidator } from './form-validator';
import { postedForm } from './posted-form';
import { formPageOf } from './posted-form.decorator';

/**
 * Fills the DTO of the form page from the posted body and checks it, before the handler and the interceptors after this one: one that
 * opens a transaction comes later, so that no lock is held while input is checked. Only declared fields are read.
 *
 * @throws InvalidFormError when the form is refused
 */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  constructor(private readonly validator: FormValidator) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    if (!formPageOf(context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const form = postedForm(request);
    if (!form) throw new Error('@PostedForm() needs FormPageGuard as the first of the global guards');
    await this.validator.validate(form, request.formPage?.extraValidators?.(request));
    if (!form.isValid) throw new InvalidFormError();
    return next.handle();
  }
}

import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request } from 'express';
import { Observable, catchError, throwError } from 'rxjs';
import { FieldError, InvalidFormError, ResizedFormError } from './exceptions';
import { FormValidator } from './form-validator';
import { PostedFormPage, postedFormPage } from './posted-form-page';
import { formPageOf } from './posted-form.decorator';
import { isMultipart } from './uploads/is-multipart';
import { withFilesOf } from './uploads/request-files';

/**
 * Fills the DTO of the form page from the posted body and checks it, before the handler and the interceptors after this one: one that
 * opens a transaction comes later, so that no lock is held while input is checked. Only declared fields are read.
 *
 * @throws InvalidFormError when the form is refused, by its check or by a FieldError
 */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  constructor(private readonly validator: FormValidator) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    if (!formPageOf(context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const posted = postedFormPage(request);
    if (!posted) throw new Error('@PostedForm() needs FormPageGuard as the first of the global guards');
    if (request.body === undefined && isMultipart(request)) throw new UnsupportedMediaTypeException();
    if (posted.form.isResized) throw new ResizedFormError(posted);
    await this.validator.validate(posted.form, posted.page.extraValidators?.(request));
    if (!posted.form.isValid) throw new InvalidFormError(posted);
    return withFilesOf(request, next.handle()).pipe(
      catchError((error: unknown) => throwError(() => inForm(posted, error))),
    );
  }
}

/** The refusal of the form, where that is what the error is about. */
function inForm(posted: PostedFormPage, error: unknown): unknown {
  if (!(error instanceof FieldError)) return error;
  posted.form.addError(error.field, error);
  return new InvalidFormError(posted, error.message);
}

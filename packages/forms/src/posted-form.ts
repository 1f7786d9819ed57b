import type { Request } from 'express';
import { fillForm } from './fill-form';
import { Form } from './form';
import { newDto } from './page';

/** The form that was posted, as it was typed, or undefined where none was; the same one for the whole request. */
export function postedForm(request: Request): Form<object> | undefined {
  const { formPage } = request;
  if (formPage) request.postedForm ??= fillForm(newDto(formPage, request), request.body);
  return request.postedForm;
}

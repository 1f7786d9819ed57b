import type { Type } from '@nestjs/common';
import { Form, FormPage } from '@microblog/forms';
import type { Request } from 'express';
import { View } from './reply';

/** What a page is that shows a form and nothing else. */
interface FormPageDeclaration<T extends object> {
  readonly path: string;
  readonly dto: Type<T>;
  readonly template: string;
  /** The DTO before anything is typed; by default an empty one. */
  readonly create?: (request: Request) => T;
}

/** The page of a form. Its template gets the `form`, and as `action` the path that it is posted to. */
export function formPage<T extends object>({
  path,
  dto,
  template,
  create = () => new dto(),
}: FormPageDeclaration<T>): FormPage<T, View> {
  return {
    path,
    dto,
    create,
    view: (form: Form<T>) => new View(template, { form, action: path }),
  };
}

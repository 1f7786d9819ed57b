import type { Request } from 'express';
import { View } from '../rendering/reply';
import { Form } from './form';

/** A page with a form: a provider that its controller shows, and that shows the form again when it does not hold. */
export interface FormPage<T extends object> {
  /** The DTO before anything is typed, built with what only the server knows. */
  create(request: Request): T;

  /** The page around the form, with whatever else is on it. */
  view(form: Form<T>, request: Request): View | Promise<View>;
}

/** A form that was posted, and the page to show it on. */
export interface PostedForm {
  readonly page: FormPage<object>;
  readonly form: Form<object>;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the form pipe, once it has read the body. */
    postedForm?: PostedForm;
  }
}

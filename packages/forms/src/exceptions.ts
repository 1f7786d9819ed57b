import { ForbiddenException, HttpStatus, UnprocessableEntityException } from '@nestjs/common';
import type { FieldName } from './field-name';
import { PostedFormPage } from './posted-form-page';

/** The posted form is refused; its page is shown again, with what is wrong: `error.posted.show()`. */
export class InvalidFormError<View = unknown> extends UnprocessableEntityException {
  constructor(
    readonly posted: PostedFormPage<View>,
    message?: string,
  ) {
    super(message);
  }
}

/** A button was pressed that makes a list of the form longer or shorter; its page is shown with that, and nothing is checked. */
export class ResizedFormError<View = unknown> extends InvalidFormError<View> {
  override getStatus(): number {
    return HttpStatus.OK;
  }
}

/**
 * What a service throws when it finds a value wrong that the form's check had passed, such as a name that was taken in
 * between. The message is shown next to the field, or above the form if no field is named:
 * `new FieldError<RegisterDto>('username', 'Taken.')` takes only names that the DTO has.
 */
export class FieldError<T extends object = object> extends UnprocessableEntityException {
  constructor(
    readonly field: FieldName<T> | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** The form was made for another session, or too long ago; its page is shown again, to be sent once more. */
export class ExpiredFormError extends ForbiddenException {
  constructor(message = 'This form has expired. Please send it again.') {
    super(message);
  }
}

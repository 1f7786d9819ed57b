import { ForbiddenException, UnprocessableEntityException } from '@nestjs/common';
import type { FieldName } from './field-name';
import { PostedFormPage } from './posted-form-page';
import { ENGLISH } from './translations/language';
import type { MessageParameters, Translatable } from './translations/message';

/** The posted form is refused; its page is shown again, with what is wrong: `error.posted.show()`. */
export class InvalidFormError<View = unknown> extends UnprocessableEntityException {
  constructor(
    readonly posted: PostedFormPage<View>,
    message?: string,
  ) {
    super(message);
  }
}

/** A button was pressed that makes a list of the form longer or shorter; its page is shown with that, and nothing was checked. */
export class ResizedFormError<View = unknown> extends InvalidFormError<View> {}

/**
 * What a service throws when it finds a value wrong that the form's check had passed, such as a name that was taken in
 * between. The message is shown next to the field, or above the form if no field is named:
 * `new FieldError<RegisterDto>('username', 'Taken.')` takes only names that the DTO has.
 */
export class FieldError<T extends object = object>
  extends UnprocessableEntityException
  implements Translatable
{
  constructor(
    readonly field: FieldName<T> | undefined,
    readonly text: string,
    readonly params?: MessageParameters,
  ) {
    super(ENGLISH.say({ text, params }));
  }
}

/** The form was made for another session, or too long ago; its page is shown again, to be sent once more. */
export class ExpiredFormError extends ForbiddenException implements Translatable {
  constructor(readonly text = 'This form has expired. Please send it again.') {
    super(text);
  }
}

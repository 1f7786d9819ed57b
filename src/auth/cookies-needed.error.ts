import { ExpiredFormError } from '@microblog/forms';

/** The browser keeps no cookies, so the form would expire every time it is sent. */
export class CookiesNeededError extends ExpiredFormError {
  constructor() {
    super(
      'Your browser sent no cookie, and without one this form cannot be sent. Please allow cookies for this site and send it again.',
    );
  }
}

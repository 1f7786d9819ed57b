import { HttpException } from '@nestjs/common';
import { Redirect } from './reply';

/** Thrown where a request cannot go on and another page is the answer, such as the sign-in page. */
export class RedirectException extends HttpException {
  constructor(readonly redirect: Redirect) {
    super(`See ${redirect.location}`, redirect.status);
  }
}

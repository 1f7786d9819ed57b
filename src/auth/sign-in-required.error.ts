import { UnauthorizedException } from '@nestjs/common';
import { Redirect } from '../rendering/reply';

/**
 * Nobody is signed in, and the route needs somebody. A browser is sent to sign in; other clients get 401, and so does a browser without a
 * redirect, for which that page keeps what was typed.
 */
export class SignInRequiredError extends UnauthorizedException {
  constructor(readonly redirect?: Redirect) {
    super('Please log in to access this page.');
  }
}

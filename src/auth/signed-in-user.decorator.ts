import { createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import { signedInUser } from './signed-in-user';

/** Who is signed in, as a parameter of a handler; its route must not be public. */
export const SignedInUser = createParamDecorator((_data: unknown, context) =>
  signedInUser(context.switchToHttp().getRequest<Request>()),
);

import { createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import { contextOf } from '../http/request-context';

/** The session of a request, as a parameter of a handler; undefined where nobody is signed in, which only a public route can see. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, context) => contextOf(context.switchToHttp().getRequest<Request>()).session,
);

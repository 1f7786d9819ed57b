import type { Request } from 'express';
import { contextOf } from '../http/request-context';
import { User } from '../users/user.entity';

/** Who is signed in, on a route that is not public. */
export function signedInUser(request: Request): User {
  const { session } = contextOf(request);
  if (!session) throw new Error('A public route has no signed-in user');
  return session.user;
}

import type { Request } from 'express';
import { User } from '../users/user.entity';

/** Who is signed in, on a route that is not public. */
export function signedInUser({ session }: Request): User {
  if (!session) throw new Error('A public route has no signed-in user');
  return session.user;
}

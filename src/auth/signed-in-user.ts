import type { Request } from 'express';
import { User } from '../users/user.entity';
import { Session } from './session.entity';

/** Who is signed in, on a route that is not public. */
export function signedInUser(request: Request): User {
  return signedInSession(request).user;
}

/** The session on a route that is not public. */
export function signedInSession({ session }: Request): Session {
  if (!session) throw new Error('A public route has no signed-in user');
  return session;
}

import { CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { Session } from '../users/session.entity';
import { Redirect } from '../rendering/reply';

export const WHEN_FORM_EXPIRED = Symbol('when form expired');

/** Where to go instead of sending the form again, or undefined where that is what is left to do. */
export type WayOut = (request: Request, session: Session | undefined) => Redirect | undefined;

/** Says what becomes of an expired form whose work is done already, as in another tab: signing out twice is signing out. */
export function WhenFormExpired(wayOut: WayOut): CustomDecorator<symbol> {
  return SetMetadata(WHEN_FORM_EXPIRED, wayOut);
}

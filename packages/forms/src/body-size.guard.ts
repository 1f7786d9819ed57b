import { CanActivate, ExecutionContext, Injectable, PayloadTooLargeException } from '@nestjs/common';
import type { Request } from 'express';
import { Message, type Translatable } from './translations/message';
import { MOST_BODY_BYTES, bodyBytes } from './body-parsers';

/** Refuses a body that is too large for a form but was read all the same, so that its page is shown again with what was typed. */
@Injectable()
export class BodySizeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const bytes = bodyBytes(context.switchToHttp().getRequest<Request>());
    if (bytes <= MOST_BODY_BYTES) return true;
    throw tooLargeBody(bytes);
  }
}

/** What refuses texts of so many bytes. */
export function tooLargeBody(bytes: number): PayloadTooLargeException & Translatable {
  const message = new Message(
    'This is too much to send at once: it has {size} kB, and {allowed} kB are allowed.',
    { size: kilobytes(bytes), allowed: kilobytes(MOST_BODY_BYTES) },
  );
  return Object.assign(new PayloadTooLargeException(String(message)), message);
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

import { CanActivate, ExecutionContext, Injectable, PayloadTooLargeException } from '@nestjs/common';
import type { Request } from 'express';
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
export function tooLargeBody(bytes: number): PayloadTooLargeException {
  return new PayloadTooLargeException(
    `This is too much to send at once: it has ${kilobytes(bytes)} kB, and ${kilobytes(MOST_BODY_BYTES)} kB are allowed.`,
  );
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

import { ServiceUnavailableException } from '@nestjs/common';

const RETRY_AFTER_S = 5;

/** More is asked for than this machine can do. It is nobody's fault, so that nobody is mailed; trying again helps. */
export class OverloadedError extends ServiceUnavailableException {
  readonly headers = { 'Retry-After': String(RETRY_AFTER_S) };

  constructor() {
    super('Too many people are signing in at the moment. Please try again in a few seconds.');
  }
}

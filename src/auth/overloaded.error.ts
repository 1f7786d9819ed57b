import { ServiceUnavailableException } from '@nestjs/common';

const RETRY_AFTER_S = 5;

/** The machine is overloaded. Trying again helps, and nobody is mailed about it. */
export class OverloadedError extends ServiceUnavailableException {
  readonly headers = { 'Retry-After': String(RETRY_AFTER_S) };

  constructor() {
    super('Too many people are signing in at the moment. Please try again in a few seconds.');
  }
}

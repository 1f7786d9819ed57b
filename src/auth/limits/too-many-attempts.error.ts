import { HttpException, HttpStatus } from '@nestjs/common';
import { formatDuration } from 'date-fns/formatDuration';
import { intervalToDuration } from 'date-fns/intervalToDuration';

/** Tried too often; the answer says when it is worth trying again. */
export class TooManyAttemptsError extends HttpException {
  readonly headers: Record<string, string>;

  constructor(waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
    super(`Too many attempts. Please wait ${inWords(seconds)} and try again.`, HttpStatus.TOO_MANY_REQUESTS);
    this.headers = { 'Retry-After': String(seconds) };
  }
}

function inWords(seconds: number): string {
  const shown = seconds < 120 ? seconds : Math.ceil(seconds / 60) * 60;
  if (shown === 60) return 'a minute';
  if (shown < 120) return formatDuration({ seconds: shown });
  return formatDuration(intervalToDuration({ start: 0, end: shown * 1_000 }));
}

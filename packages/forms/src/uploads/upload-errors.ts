import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import { bytesInWords } from './bytes-in-words';

/** More was sent than is read; what was read until then is in the form. */
export class UploadTooLargeError extends PayloadTooLargeException {
  /** @param most what there is too much of: `20 fields`, or a number of bytes */
  constructor(most: number | string) {
    const allowed = typeof most === 'number' ? bytesInWords(most) : most;
    super(`This is too much to send at once: at most ${allowed} are allowed.`);
  }
}

/** The upload is no form, or it has ended in the middle; what was read until then is in the form. */
export class BrokenUploadError extends BadRequestException {
  constructor(message = 'The upload did not arrive completely. Please send it again.') {
    super(message);
  }
}

import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import { ENGLISH } from '../translations/language';
import type { MessageParameters, Translatable } from '../translations/message';
import { bytesInWords } from './bytes-in-words';

/** More was sent than is read; what was read until then is in the form. */
export class UploadTooLargeError extends PayloadTooLargeException implements Translatable {
  readonly text = TOO_MUCH;
  readonly params: MessageParameters;

  /** @param most what there is too much of: `20 fields`, or a number of bytes */
  constructor(most: number | string | Translatable) {
    const params = { allowed: typeof most === 'number' ? bytesInWords(most) : most };
    super(ENGLISH.say({ text: TOO_MUCH, params }));
    this.params = params;
  }
}

const TOO_MUCH = 'This is too much to send at once: at most {allowed} are allowed.';

/** The upload is no form, or it has ended in the middle; what was read until then is in the form. */
export class BrokenUploadError extends BadRequestException implements Translatable {
  constructor(readonly text = 'The upload did not arrive completely. Please send it again.') {
    super(text);
  }
}

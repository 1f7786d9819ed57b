import type { MessageParameters, Translatable } from '../translations/message';

/** Stands in the body for a file that did not arrive as it should, so that the message appears beside its field. */
export class RefusedUpload implements Translatable {
  constructor(
    readonly text: string,
    readonly params?: MessageParameters,
  ) {}
}

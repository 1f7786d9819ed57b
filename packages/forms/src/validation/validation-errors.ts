import { ENGLISH } from '../translations/language';
import type { MessageParameters, Translatable } from '../translations/message';

/** An error that is to be read by people, in their language; its own message is in English. */
abstract class SaidError extends Error implements Translatable {
  readonly #text: string;

  /** @param text may be a key of a translation, with what stands for each `{name}` in it as parameters */
  constructor(
    text = '',
    readonly params?: MessageParameters,
  ) {
    super(ENGLISH.say({ text, params }));
    this.#text = text;
  }

  get text(): string {
    return this.params ? this.#text : this.message;
  }
}

/** Thrown by a validator that refuses a value: the message is shown next to the field, and the next validator runs. */
export class ValidationError extends SaidError {
  override readonly name = 'ValidationError';
}

/**
 * What a validator throws when nothing after it is worth checking: it ends the checks of its field and takes back what
 * earlier ones said. Without a message the field passes.
 */
export class StopValidation extends SaidError {
  override readonly name = 'StopValidation';
}

import { ENGLISH } from './language';

/** What the parameters of a text stand for; one that is to be translated itself, such as `1.5 MB`, is a message of its own. */
export type MessageParameters = Readonly<Record<string, string | number | Date | Translatable>>;

/** Something to be said: a text in English, which is also the key to its translations, and what stands for each `{name}` in it. */
export interface Translatable {
  readonly text: string;
  readonly params?: MessageParameters;
}

/** A message with parameters; it reads as English wherever it is taken for a string, such as in class-validator's own `validate()`. */
export class Message implements Translatable {
  constructor(
    readonly text: string,
    readonly params: MessageParameters,
  ) {}

  toString(): string {
    return ENGLISH.say(this);
  }
}

/** A mail as it is handed to the {@link Outbox}. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without one, a new one is made. A mail that is put in twice with one id is sent once. */
  readonly messageId?: string;
  /** What mail programs thread by. */
  readonly references?: string;
}

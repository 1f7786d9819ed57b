import { ErrorEvent } from './error-event';

/** Receives every fault of the server, for what happens in addition to the line in the log. */
export abstract class ErrorObserver {
  /**
   * Never rejects, and never takes longer than half a second.
   *
   * @returns whether a mail about this error or one like it is kept where it survives the process, to be delivered
   */
  abstract take(event: ErrorEvent): Promise<boolean>;

  /** Waits until everything that was taken has been dealt with. Never rejects. */
  abstract flush(): Promise<void>;
}

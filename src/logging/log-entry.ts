/**
 * What a line is about. Lines that visitors can cause go to separate files, so that no number of requests pushes an error out of the log.
 */
export type LogChannel = 'application' | 'client-errors' | 'security';

/** What the logging service hands to winston. */
export interface LogEntry {
  readonly channel: LogChannel;
  readonly level: string;
  readonly message: string;
  readonly timestamp: string;
  /** The class or part of the application that logs. */
  readonly context?: string;
  /** The reference of an error, else the id of the request. */
  readonly id?: string;
  /** Where in the TypeScript source the line was written, as `file:line`. */
  readonly where?: string;
  /** The lines below the first, such as a stack. */
  readonly details?: readonly string[];
}

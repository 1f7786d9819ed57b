import type { Logger } from 'winston';
import TransportStream from 'winston-transport';
import { LogEntry } from '../../src/logging/log-entry';

/** What the application logged, instead of the console. */
export class CapturedLog extends TransportStream {
  readonly entries: LogEntry[] = [];

  /** Takes the place of the console, which is the first transport. */
  replaceConsoleOf(logger: Logger): void {
    const [console] = logger.transports;
    if (console) logger.remove(console);
    logger.add(this);
  }

  override log(entry: LogEntry, next: () => void): void {
    this.entries.push(entry);
    next();
  }

  get errors(): string[] {
    return this.messages(['error', 'fatal']);
  }

  get warnings(): string[] {
    return this.messages(['warn']);
  }

  /** What the audit trail has, of every level. */
  get security(): string[] {
    return this.entries.filter(isSecurity).map(({ message }) => message);
  }

  private messages(levels: string[]): string[] {
    return this.entries
      .filter((entry) => levels.includes(entry.level) && !isSecurity(entry))
      .map(({ message }) => message);
  }
}

function isSecurity({ context }: LogEntry): boolean {
  return context === 'Security';
}

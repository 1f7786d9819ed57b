import TransportStream from 'winston-transport';
import { LogEntry } from '../../src/logging/log-entry';

/** What the application logged, instead of the console. */
export class CapturedLog extends TransportStream {
  readonly entries: LogEntry[] = [];

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

  private messages(levels: string[]): string[] {
    return this.entries.filter(({ level }) => levels.includes(level)).map(({ message }) => message);
  }
}

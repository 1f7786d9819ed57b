import { Logger } from '@nestjs/common';
import { AccessDenial } from './access-denial';

const QUIET_MS = 60_000;
/** The most lines in that time. The client decides what is distinct, so dropping repetitions alone would limit nothing. */
const MAX_LOGGED = 10;

/** Says in the terminal what was refused, each thing once a minute. */
export class DenialLog {
  private readonly logger = new Logger('Debugger');
  private readonly saidAt = new Map<string, number>();

  add({ message }: AccessDenial): void {
    const now = Date.now();
    for (const [said, at] of this.saidAt) if (now - at >= QUIET_MS) this.saidAt.delete(said);
    if (this.saidAt.has(message) || this.saidAt.size >= MAX_LOGGED) return;
    this.saidAt.set(message, now);
    this.logger.warn(message);
  }
}

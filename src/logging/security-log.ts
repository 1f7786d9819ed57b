import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@microblog/unit-of-work';
import { LoggingService } from './logging.service';
import { requestContext } from '../http/request-context';

/** What somebody did, or tried to do, that an investigation would ask about. */
export type SecurityEvent =
  | 'registration'
  | 'sign_in'
  | 'sign_out'
  | 'password_change'
  | 'cross_site_request'
  | 'csrf_token'
  | 'rate_limit';

export interface SecurityRecord {
  readonly event: SecurityEvent;
  readonly outcome: 'success' | 'failure' | 'refused';
  /** Whose account it is about; by default who is signed in. */
  readonly userId?: number;
  /** As it was typed: it need not be anybody's. */
  readonly username?: string;
  /** In the application's words; never anything that was typed. */
  readonly reason?: string;
}

const MAX_USERNAME_LENGTH = 64;

/** The audit trail: one line for each event that has to do with who somebody is, with who, from where and how it ended. */
@Injectable()
export class SecurityLog {
  constructor(
    private readonly logging: LoggingService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Records a success as soon as it is saved; never, when it is not. */
  recordOnceSaved(record: Omit<SecurityRecord, 'outcome'>): Promise<void> {
    return this.unitOfWork.afterCommit(() => this.record({ ...record, outcome: 'success' }));
  }

  record({ event, outcome, userId, username, reason }: SecurityRecord): void {
    const context = requestContext();
    const line = Object.entries({
      event,
      outcome,
      address: context?.request.ip,
      user_id: userId ?? context?.userId,
      username: username === undefined ? undefined : quoted(username.slice(0, MAX_USERNAME_LENGTH)),
      reason: reason === undefined ? undefined : quoted(reason),
    })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
    this.logging.securityEvent(line, outcome === 'success' ? 'info' : 'warn');
  }
}

/** As a literal that can neither end a line, steer a terminal, nor turn the direction of the text. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\P{C} ]|[\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

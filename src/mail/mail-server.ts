import { MailerService } from '@nestjs-modules/mailer';
import { Injectable, Logger } from '@nestjs/common';
import { Environment } from '../config/environment';
import { OutgoingMail } from './outgoing-mail.entity';
import { messageOf } from './outgoing-message';
import { SendFailure } from './send-failure';

/** How long a mail server may take for one mail; less than a claim lasts. */
const SEND_TIMEOUT_MS = 2 * 60_000;
/** After an outage the server is tried again after this, and after twice as long each time, up to the longest. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/**
 * The mail server, and whether it can be used. While it cannot, it is tried with one mail after each pause and not with all that wait, and
 * the log has one line when that begins, when its reason changes, and when it ends.
 */
@Injectable()
export class MailServer {
  private readonly logger = new Logger(MailServer.name);
  private readonly name: string;
  private readonly stop = new AbortController();
  private outage?: { readonly reason: string; readonly since: number; readonly pauseMs: number };

  constructor(
    private readonly environment: Environment,
    private readonly transport: MailerService,
  ) {
    this.name = `The mail server ${environment.MAIL_SERVER}:${environment.MAIL_PORT}`;
  }

  /** Whether it may be tried now. A clock that was set back ends the pause. */
  isOpenAt(now: Date): boolean {
    if (!this.outage) return true;
    const paused = now.getTime() - this.outage.since;
    return paused < 0 || paused >= this.outage.pauseMs;
  }

  /** Connects and signs in, without a mail. @returns whether that went well; if not, the log says why */
  async verify(): Promise<boolean> {
    try {
      await this.transport.getTransporter().verify();
      this.isBack();
      return true;
    } catch (error) {
      this.isAway(new SendFailure(error).reason);
      return false;
    }
  }

  /** @returns why it failed, or undefined when the server has accepted the mail */
  async send(mail: OutgoingMail): Promise<SendFailure | undefined> {
    const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
    try {
      await this.transport.sendMail({ ...messageOf(mail, this.environment.mailSender), signal });
      this.isBack();
      return undefined;
    } catch (error) {
      const failure = new SendFailure(error);
      if (failure.kind !== 'outage') this.isBack();
      else if (!this.stop.signal.aborted) this.isAway(failure.reason);
      return failure;
    }
  }

  /** Aborts what is being sent. */
  close(): void {
    this.stop.abort();
  }

  private isAway(reason: string): void {
    if (this.outage?.reason !== reason) {
      this.logger.error(`${this.name} cannot be used, and mails wait in the database: ${reason}`);
    }
    const pauseMs = this.outage ? Math.min(2 * this.outage.pauseMs, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    this.outage = { reason, since: Date.now(), pauseMs };
  }

  private isBack(): void {
    if (!this.outage) return;
    this.outage = undefined;
    this.logger.log(`${this.name} can be used again`);
  }
}

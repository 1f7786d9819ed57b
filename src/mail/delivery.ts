import { Injectable, Logger, OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import { MailerService } from '@nestjs-modules/mailer';
import { formatDistance } from 'date-fns';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../config/environment';
import { UnitOfWork } from '../database/unit-of-work';
import { whileMailing } from './mailing';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';
import { Spool } from './spool';

/** How often the outbox is looked into when nothing says that there is something in it, in milliseconds. */
const INTERVAL = 5_000;
/** How long a stop waits for mails that could still be sent, in milliseconds. */
const SHUTDOWN_PATIENCE = 2_000;
/** How long a mail server may take for one mail, in milliseconds; less than a claim lasts. */
const LONGEST_SEND = 2 * 60_000;
/** A mail says that it is late from this age on, in milliseconds. */
const LATE = 60_000;

/** Sends what is in the outbox, beside all requests. Every process may run one: a mail is claimed before it is sent. */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Delivery.name);
  private timer?: NodeJS.Timeout;
  private round?: Promise<void>;
  private isWanted = false;

  constructor(
    private readonly transport: MailerService,
    private readonly outbox: Outbox,
    private readonly spool: Spool,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.MAIL_SERVER) {
      this.logger.log('MAIL_SERVER is not set: no mail is sent');
      return;
    }
    this.timer = setInterval(() => this.wake(), INTERVAL).unref();
    this.wake();
  }

  /** What could still be sent is, while the database is there. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([this.flush(), sleep(SHUTDOWN_PATIENCE, undefined, { ref: false })]);
  }

  /** Says that there is something to send; returns at once. */
  wake(): void {
    void this.flush();
  }

  /** Sends all that is due now. Never rejects. */
  async flush(): Promise<void> {
    if (!this.environment.MAIL_SERVER) return;
    this.isWanted = true;
    this.round ??= this.unitOfWork
      .outside(() => whileMailing(() => this.sendWhileWanted()))
      .finally(() => (this.round = undefined));
    await this.round;
  }

  private async sendWhileWanted(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      await this.logged(() => this.spool.empty((mail, createdAt) => this.outbox.put(mail, createdAt)));
      await this.logged(() => this.sendDue());
    }
  }

  private async logged(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(error);
    }
  }

  private async sendDue(): Promise<void> {
    const now = new Date();
    let isServerThere = true;
    for (const mail of await this.outbox.due(now)) {
      if (!(await this.outbox.claim(mail, now))) continue;
      isServerThere = await this.send(mail, isServerThere);
      // There may be more than a handful.
      this.isWanted = true;
    }
  }

  /** @returns whether the mail server can be talked to; where not, the other mails wait without a try of their own */
  private async send(mail: OutgoingMail, isServerThere: boolean): Promise<boolean> {
    let failure: Error & { responseCode?: number } = new Error('the mail server cannot be reached');
    if (isServerThere) {
      try {
        const sent = this.transport.sendMail(messageOf(mail, this.environment.mailSender));
        await Promise.race([sent, tooLate()]);
        await this.outbox.markSent(mail, new Date());
        return true;
      } catch (error) {
        failure = error as Error;
      }
    }
    const isKept = await this.outbox.postpone(mail, failure.message, new Date());
    const what = `The mail "${mail.subject}" to ${mail.recipient}`;
    if (!isKept) this.logger.error(`${what} was given up: ${failure.message}`);
    else if (isServerThere)
      this.logger.warn(`${what} was not taken, and will be tried again: ${failure.message}`);
    return isServerThere && failure.responseCode !== undefined;
  }
}

async function tooLate(): Promise<never> {
  await sleep(LONGEST_SEND, undefined, { ref: false });
  throw new Error(`the mail server took more than ${LONGEST_SEND / 60_000} minutes`);
}

function messageOf(mail: OutgoingMail, from: string | undefined) {
  const note = lateNote(mail.createdAt, new Date());
  return {
    from,
    to: mail.recipient,
    subject: mail.subject,
    messageId: mail.messageId,
    references: mail.threadId || undefined,
    date: mail.createdAt,
    text: note ? `${note}\n\n${mail.text}` : mail.text,
    html: note
      ? mail.html.replace(/<body[^>]*>/, (body) => `${body}<p><strong>${note}</strong></p>`)
      : mail.html,
    // What is a line to us may be longer than the 998 characters that SMTP allows.
    textEncoding: 'base64' as const,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function lateNote(createdAt: Date, now: Date): string | undefined {
  if (now.getTime() - createdAt.getTime() < LATE) return undefined;
  const lateness = formatDistance(createdAt, now);
  return `This mail is ${lateness} late: it was written at ${createdAt.toISOString()} and could not be delivered before.`;
}

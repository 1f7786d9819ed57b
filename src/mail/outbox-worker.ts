import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Environment } from '../config/environment';
import { UnitOfWork } from '@microblog/unit-of-work';
import { MailServer } from './mail-server';
import { inMailContext } from './mail-context';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';
import { RefusalNotices } from './refusal-notices';
import { SendFailure } from './send-failure';
import { Spool } from './spool';
import { within } from '../timing/within';

/** How often the outbox is looked into when nothing says that there is something in it. */
const INTERVAL_MS = 5_000;
/** How long a stop waits for mails that could still be sent, and then for the claims on those that could not. */
const SHUTDOWN_TIMEOUT_MS = 2_000;
const RELEASE_TIMEOUT_MS = 1_000;

/** Sends the mails in the outbox, outside of requests. Every process may run one: a mail is claimed before it is sent. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxWorker.name);
  private timer?: NodeJS.Timeout;
  private currentRun?: Promise<void>;
  private isRequested = false;
  private isStopping = false;

  constructor(
    private readonly server: MailServer,
    private readonly outbox: Outbox,
    private readonly spool: Spool,
    private readonly refusals: RefusalNotices,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.MAIL_SERVER) {
      this.logger.log('MAIL_SERVER is not set: no mail is sent');
      return;
    }
    this.timer = setInterval(() => this.wake(), INTERVAL_MS).unref();
    this.isRequested = true;
    // Whether the mail server is set up correctly is better known now than with the first error.
    void this.startRun(async () => {
      if (await this.server.verify()) await this.runWhileRequested();
    });
  }

  /** What could still be sent is, while the database is there; what could not is left to other processes at once. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await within(SHUTDOWN_TIMEOUT_MS, this.flush());
    this.isStopping = true;
    this.server.close();
    await within(RELEASE_TIMEOUT_MS, this.currentRun);
  }

  /** Says that there is something to send; returns at once. */
  wake(): void {
    void this.flush();
  }

  /** Sends all that is due now, unless the mail server has just been found to be away. Never rejects. */
  async flush(): Promise<void> {
    if (!this.environment.MAIL_SERVER) return;
    this.isRequested = true;
    await (this.currentRun ?? this.startRun(() => this.runWhileRequested()));
  }

  private startRun(work: () => Promise<void>): Promise<void> {
    this.currentRun = this.unitOfWork
      .outside(() => inMailContext(work))
      .finally(() => (this.currentRun = undefined));
    return this.currentRun;
  }

  private async runWhileRequested(): Promise<void> {
    while (this.isRequested && !this.isStopping) {
      this.isRequested = false;
      await this.logged(() => this.spool.drain((mail, createdAt) => this.outbox.put(mail, createdAt)));
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
    if (!this.server.isOpenAt(now)) return;
    for (const mail of await this.outbox.due(now)) {
      if (!(await this.outbox.claim(mail, now))) continue;
      const failure = await this.server.send(mail);
      if (!failure) await this.outbox.markSent(mail, new Date());
      else await this.settle(mail, failure);
      if (failure?.kind === 'outage') return;
      // There may be more than one batch.
      this.isRequested = true;
    }
  }

  private async settle(mail: OutgoingMail, failure: SendFailure): Promise<void> {
    const { kind, reason } = failure;
    const now = new Date();
    const what = `The mail "${mail.subject}" to ${mail.recipient}`;
    if (kind === 'outage') {
      await this.outbox.release(mail);
      if (this.isStopping) return;
      for (const late of await this.outbox.noteOutage(reason, now)) {
        this.logger.error(`The mail "${late.subject}" to ${late.recipient} was given up: ${reason}`);
      }
      return;
    }
    if (kind === 'postponed' && (await this.outbox.postpone(mail, reason, now))) {
      if (mail.attempts > 0) return;
      this.logger.warn(`${what} was not taken, and will be tried again: ${reason}`);
      return;
    }
    await this.outbox.markRefused(mail, reason, now);
    if (kind === 'refused') this.logger.warn(`${what} was not taken, and never will be: ${reason}`);
    else this.logger.error(`${what} was given up: ${reason}`);
    if (failure.isRecipientRefused) await this.refusals.tellOthers(mail, reason, now);
  }
}

import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { MailerService } from '@nestjs-modules/mailer';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../config/environment';
import { MailTemplates } from './mail-templates';

/** How long a stop waits for mails that are on their way, in milliseconds. */
const SHUTDOWN_PATIENCE = 2_000;

export interface Mail {
  to: string;
  subject: string;
  /** The name of a pair of templates in `views/mail/`, one of text and one of HTML. */
  template: string;
  data: object;
}

/** Sends mails beside the request: nobody waits for the mail server, and a mail that cannot be sent is in the log. */
@Injectable()
export class Mailer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Mailer.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly transport: MailerService,
    private readonly templates: MailTemplates,
    private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.MAIL_SERVER) this.logger.log('MAIL_SERVER is not set: no mail is sent');
  }

  /** Hands the mail over and returns at once. */
  send(mail: Mail): void {
    if (!this.environment.MAIL_SERVER) return;
    const delivery = this.deliver(mail).finally(() => this.underWay.delete(delivery));
    this.underWay.add(delivery);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.race([Promise.all(this.underWay), sleep(SHUTDOWN_PATIENCE, undefined, { ref: false })]);
  }

  private async deliver({ to, subject, template, data }: Mail): Promise<void> {
    try {
      const from = this.environment.mailSender;
      await this.transport.sendMail({ from, to, subject, ...this.templates.render(template, data) });
    } catch (error) {
      this.logger.error(`The mail "${subject}" was not delivered: ${(error as Error).message}`);
    }
  }
}

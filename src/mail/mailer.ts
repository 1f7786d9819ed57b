import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment';
import { UnitOfWork } from '@microblog/unit-of-work';
import { OutboxWorker } from './outbox-worker';
import { MailTemplates } from './mail-templates';
import { Outbox } from './outbox';

export interface UserMail {
  readonly to: string;
  readonly subject: string;
  /** The name of a pair of templates in `views/mail/`, one of text and one of HTML. */
  readonly template: string;
  readonly data: object;
}

/** Mails to people. They are part of the unit of work in which they are sent: nobody is told of what was not saved. */
@Injectable()
export class Mailer {
  constructor(
    private readonly outbox: Outbox,
    private readonly outboxWorker: OutboxWorker,
    private readonly templates: MailTemplates,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  async send({ to, subject, template, data }: UserMail): Promise<void> {
    if (!this.environment.MAIL_SERVER) return;
    await this.outbox.put({ to: [to], subject, ...this.templates.render(template, data) });
    await this.unitOfWork.afterCommit(() => this.outboxWorker.wake());
  }
}

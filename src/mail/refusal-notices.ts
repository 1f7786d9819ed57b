import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Environment } from '../config/environment';
import { MailTemplates } from './mail-templates';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';

/** The delay lets the mails about errors go first, which matter more. */
const DELAY_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Tells the administrators whose mails are taken of one whose mails are not, once a day: without that nobody would miss them. */
@Injectable()
export class RefusalNotices {
  constructor(
    private readonly outbox: Outbox,
    private readonly templates: MailTemplates,
    private readonly environment: Environment,
  ) {}

  async tellOthers({ recipient }: OutgoingMail, reason: string, now: Date): Promise<void> {
    const { ADMINS, NODE_ENV } = this.environment;
    const others = ADMINS.filter((address) => address !== recipient);
    if (others.length === 0 || others.length === ADMINS.length) return;
    const day = Math.floor(now.getTime() / DAY_MS);
    const id = createHash('sha256').update(recipient).digest('hex').slice(0, 20);
    const notice = {
      to: others,
      subject: `[Microblog ${NODE_ENV}] Mails to ${recipient} are refused`,
      messageId: `<refused-${id}-${day}@microblog>`,
      ...this.templates.render('refused', { recipient, reason }),
    };
    await this.outbox.put(notice, new Date(now.getTime() + DELAY_MS));
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Delivery } from './delivery';
import { MailServer } from './mail-server';
import { MailTemplates } from './mail-templates';
import { Mailer } from './mailer';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';
import { RefusalNotices } from './refusal-notices';
import { Spool } from './spool';

@Module({
  imports: [TypeOrmModule.forFeature([OutgoingMail])],
  providers: [Mailer, MailTemplates, MailServer, Outbox, Spool, RefusalNotices, Delivery],
  exports: [Mailer, MailTemplates, Outbox, Spool, Delivery],
})
export class MailModule {}

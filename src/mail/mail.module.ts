import { MailerModule } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Environment } from '../config/environment';
import { OutboxWorker } from './outbox-worker';
import { MailServer } from './mail-server';
import { MailTemplates } from './mail-templates';
import { Mailer } from './mailer';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';
import { RefusalNotices } from './refusal-notices';
import { smtpOptions } from './smtp-options';
import { Spool } from './spool';

/** `@nestjs-modules/mailer` requires `lodash` without declaring it; it is in our package.json for that alone. */
@Module({
  imports: [
    TypeOrmModule.forFeature([OutgoingMail]),
    MailerModule.forRootAsync({
      imports: [],
      inject: [Environment],
      useFactory: (environment: Environment) => ({ transport: smtpOptions(environment) }),
    }),
  ],
  providers: [Mailer, MailTemplates, MailServer, Outbox, Spool, RefusalNotices, OutboxWorker],
  exports: [Mailer, MailTemplates, Outbox, Spool, OutboxWorker],
})
export class MailModule {}

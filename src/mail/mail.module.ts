import { Module } from '@nestjs/common';
import { MailerModule } from '@nestjs-modules/mailer';
import { Environment } from '../config/environment';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Delivery } from './delivery';
import { MailTemplates } from './mail-templates';
import { Mailer } from './mailer';
import { Outbox } from './outbox';
import { OutgoingMail } from './outgoing-mail.entity';
import { Spool } from './spool';

/** A mail server that does not answer is given up after these, in milliseconds. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** `@nestjs-modules/mailer` requires `lodash` without declaring it; it is in our package.json for that alone. */
@Module({
  imports: [
    TypeOrmModule.forFeature([OutgoingMail]),
    MailerModule.forRootAsync({
      imports: [],
      inject: [Environment],
      useFactory: (environment: Environment) => ({
        transport: {
          host: environment.MAIL_SERVER,
          port: environment.MAIL_PORT,
          requireTLS: environment.MAIL_USE_TLS,
          // Off means off: a server that offers TLS with a certificate of its own making gets mail all the same.
          ignoreTLS: !environment.MAIL_USE_TLS,
          auth: environment.MAIL_USERNAME
            ? { user: environment.MAIL_USERNAME, pass: environment.MAIL_PASSWORD }
            : undefined,
          ...TIMEOUTS,
        },
      }),
    }),
  ],
  providers: [Mailer, MailTemplates, Outbox, Spool, Delivery],
  exports: [Mailer, MailTemplates, Outbox, Spool, Delivery],
})
export class MailModule {}

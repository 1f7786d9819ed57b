import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorObserver } from '../logging/error-observer';
import { MailModule } from '../mail/mail.module';
import { ErrorGroup, ErrorMailHour } from './error-group.entity';
import { ErrorGroups } from './error-groups';
import { ErrorMails } from './error-mails';
import { ErrorReporter } from './error-reporter';

@Global()
@Module({
  imports: [MailModule, TypeOrmModule.forFeature([ErrorGroup, ErrorMailHour])],
  providers: [ErrorReporter, ErrorGroups, ErrorMails, { provide: ErrorObserver, useExisting: ErrorReporter }],
  exports: [ErrorObserver],
})
export class ErrorMailsModule {}

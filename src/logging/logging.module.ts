import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WinstonModule } from 'nest-winston';
import { Environment } from '../config/environment';
import { MailModule } from '../mail/mail.module';
import { ErrorGroup, ErrorMailHour } from './error-group.entity';
import { ErrorGroups } from './error-groups';
import { ErrorMails } from './error-mails';
import { ErrorReporter } from './error-reporter';
import { LifecycleLog } from './lifecycle-log';
import { LoggingService } from './logging.service';
import { QueryRecorder } from './query-recorder';
import { SecurityLog } from './security-log';
import { winstonOptions } from './winston-options';

@Global()
@Module({
  imports: [
    MailModule,
    TypeOrmModule.forFeature([ErrorGroup, ErrorMailHour]),
    WinstonModule.forRootAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => winstonOptions(environment, process.stdout),
    }),
  ],
  providers: [
    LoggingService,
    LifecycleLog,
    ErrorReporter,
    ErrorGroups,
    ErrorMails,
    QueryRecorder,
    SecurityLog,
  ],
  exports: [LoggingService, ErrorReporter, SecurityLog],
})
export class LoggingModule {}

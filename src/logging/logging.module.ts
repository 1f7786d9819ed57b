import { Global, Module } from '@nestjs/common';
import { WinstonModule } from 'nest-winston';
import { Environment } from '../config/environment';
import { LifecycleLog } from './lifecycle-log';
import { LoggingService } from './logging.service';
import { QueryRecorder } from './query-recorder';
import { SecurityLog } from './security-log';
import { winstonOptions } from './winston-options';

@Global()
@Module({
  imports: [
    WinstonModule.forRootAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => winstonOptions(environment, process.stdout),
    }),
  ],
  providers: [LoggingService, LifecycleLog, QueryRecorder, SecurityLog],
  exports: [LoggingService, SecurityLog],
})
export class LoggingModule {}

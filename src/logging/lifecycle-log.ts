import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Environment } from '../config/environment';
import { VERSION } from '../config/version';
import { keepLogsPrivate } from './log-directory';

/** Logs the start and the end of each run. */
@Injectable()
export class LifecycleLog implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Microblog');

  constructor(private readonly environment: Environment) {}

  onApplicationBootstrap(): void {
    const { NODE_ENV, isProduction, ADMINS, MAIL_SERVER } = this.environment;
    this.logger.log(`Microblog startup: version ${VERSION}, ${NODE_ENV}, Node ${process.version}`);
    const missing = [!MAIL_SERVER && 'MAIL_SERVER', ADMINS.length === 0 && 'ADMINS'].filter(Boolean);
    for (const problem of keepLogsPrivate(this.environment)) this.logger.warn(problem);
    if (isProduction && missing.length > 0) {
      this.logger.warn(`Nobody is told of errors: ${missing.join(' and ')} not set`);
    }
  }

  onApplicationShutdown(): void {
    this.logger.log('Microblog shutdown');
  }
}

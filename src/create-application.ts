import { DynamicModule, Logger, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { declareSecretName, setProjectRoot } from '@microblog/error-report';
import { onSecretField } from '@microblog/forms';
import { AppModule } from './app.module';
import { setUp } from './app.setup';
import { Environment } from './config/environment';
import { PROJECT_ROOT } from './config/paths';
import { LoggingService } from './logging/logging.service';

interface ApplicationOptions {
  /** Modules in addition to those of Microblog. */
  readonly modules?: readonly (Type | DynamicModule)[];
  /** Called before the lines that were logged so far are written. */
  readonly beforeLogging?: (app: NestExpressApplication) => void;
}

/**
 * Microblog, not listening yet, for all that run it: the server, the commands and the tests.
 *
 * @throws StartError or whatever keeps a module from being created; nothing of it is logged
 */
export async function createApplication(
  environment: Environment,
  { modules = [], beforeLogging }: ApplicationOptions = {},
): Promise<NestExpressApplication> {
  setProjectRoot(PROJECT_ROOT);
  onSecretField(declareSecretName);
  const { imports = [], ...root } = AppModule.forRoot(environment);
  const app = await NestFactory.create<NestExpressApplication>(
    { ...root, imports: [...imports, ...modules] },
    // A start that fails says so in one line, from launch(); Nest would print its whole buffer of logs as well.
    { bodyParser: false, abortOnError: false, bufferLogs: true, autoFlushLogs: false },
  );
  beforeLogging?.(app);
  app.useLogger(app.get(LoggingService));
  Logger.flush();
  return setUp(app);
}

import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { applicationOptions, setUp } from './app.setup';
import { Environment } from './config/environment';
import { loadEnvironment } from './config/load-environment';
import { StartError } from './config/start-error';
import { DeveloperTools } from './errors/developer-tools';
import { stopGracefully } from './graceful-stop';
import { LoggingService } from './logging/logging.service';
import { reportProcessErrors } from './logging/process-errors';
import { Delivery } from './mail/delivery';

async function start(): Promise<void> {
  const environment = loadEnvironment();
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(environment), {
    ...applicationOptions,
    // A start that fails says so in one line, below; Nest would print its whole buffer of logs as well.
    abortOnError: false,
    bufferLogs: true,
    autoFlushLogs: false,
  });
  const logging = app.get(LoggingService);
  app.useLogger(logging);
  Logger.flush();
  reportProcessErrors(logging, app.get(Delivery));
  stopGracefully(setUp(app));
  // By itself, so that what is wrong in here is not taken for an address that is taken.
  await app.init();
  await listen(app, environment);
  const address = (await app.getUrl()).replace('[::1]', 'localhost');
  if (environment.MICROBLOG_DEBUG) app.get(DeveloperTools).announce(address);
  new Logger('Microblog').log(`Ready at ${address} — open it and register; Ctrl-C stops it`);
}

/** @throws StartError when the address is taken, or is none of this machine's */
async function listen(app: NestExpressApplication, { PORT, HOST }: Environment): Promise<void> {
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    throw new StartError(`PORT and HOST: cannot listen on ${HOST}:${PORT}: ${(error as Error).message}`);
  }
}

start().catch((error: unknown) => {
  console.error(error instanceof StartError ? `Microblog cannot start: ${error.message}` : error);
  process.exit(1);
});

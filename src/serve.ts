import 'reflect-metadata';
import { FormDeclarationError } from '@microblog/forms';
import { INestApplication, Logger } from '@nestjs/common';
import { Environment } from './config/environment';
import { StartError } from './config/start-error';
import { isWorker } from './config/worker';
import { createApplication } from './create-application';
import { DebugErrorHandler } from './errors/debug-error-handler';
import { stopGracefully } from './graceful-stop';
import { listen } from './listening';
import { prepareLogDirectory } from './logging/log-directory';
import { LoggingService } from './logging/logging.service';
import { OutboxWorker } from './mail/outbox-worker';
import { reportProcessErrors } from './process-errors';
import { ReadyMessage } from './workers/messages';

/** Serves until a signal. */
export async function serve(environment: Environment): Promise<void> {
  prepareLogDirectory(environment);
  const app = await createApplication(environment);
  const logging = app.get(LoggingService);
  reportProcessErrors(logging, app.get(OutboxWorker));
  stopGracefully(app, () => logging.reopenFiles());
  // By itself, so that what is wrong in here is not taken for an address that is taken.
  await initialize(app);
  await listen(app, environment);
  const address = (await app.getUrl()).replace('[::1]', 'localhost');
  if (environment.MICROBLOG_DEBUG) app.get(DebugErrorHandler).printBanner(address);
  if (isWorker) process.send?.({ type: 'ready', address } satisfies ReadyMessage);
  else new Logger('Microblog').log(`Ready at ${address} — open it and register; Ctrl-C stops it`);
}

/** @throws StartError where the declaration of a form cannot work */
async function initialize(app: INestApplication): Promise<void> {
  try {
    await app.init();
  } catch (error) {
    throw error instanceof FormDeclarationError ? new StartError(error.message, { cause: error }) : error;
  }
}

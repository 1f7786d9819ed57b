import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Public } from '../auth/public.decorator';
import { Environment } from '../config/environment';
import { loadEnvironment } from '../config/load-environment';
import { createApplication } from '../create-application';
import { prepareLogDirectory } from '../logging/log-directory';
import { LoggingService } from '../logging/logging.service';
import { Outbox } from '../mail/outbox';

/** How long a mail server may take for all recipients. */
const DELIVERY_TIMEOUT_MS = 60_000;

/** A new group each time, so that the mail goes out at once; letters only, since numbers do not count in a fingerprint. */
const WORD = Array.from({ length: 10 }, () => String.fromCharCode(97 + randomInt(26))).join('');

@Public()
@Controller('_errors/test')
class FailingController {
  @Get()
  fail(): never {
    throw new Error(`A test of the way of an error (${WORD}): there is nothing to mend`);
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

interface Outcome {
  readonly where: string;
  readonly hasArrived: boolean;
  readonly remark: string;
}

/** `npm run send-test-error`: a real error goes through the filter of a running application; says where it has arrived. */
export async function run(): Promise<void> {
  process.exit((await testErrors()) ? 0 : 1);
}

async function testErrors(): Promise<boolean> {
  const environment = loadEnvironment();
  prepareLogDirectory(environment);
  const app = await createApplication(environment, { modules: [FailingModule] });
  await app.listen(0, '127.0.0.1');
  try {
    const { page, reference } = await pageOutcome(await app.getUrl());
    const outcomes = [
      page,
      logOutcome(environment, reference),
      ...(await mailOutcomes(app, environment, reference)),
    ];
    for (const { where, hasArrived, remark } of outcomes) {
      console.log(`${where.padEnd(30)} ${hasArrived ? 'arrived' : 'NOT ARRIVED'}  ${remark}`);
    }
    return outcomes.every(({ hasArrived }) => hasArrived);
  } finally {
    await app.close();
  }
}

async function pageOutcome(url: string): Promise<{ page: Outcome; reference: string }> {
  const response = await fetch(`${url}/_errors/test`, { headers: { Accept: 'text/html' } });
  const reference = response.headers.get('Error-Reference') ?? '(none)';
  const hasArrived = response.status === 500 && (await response.text()).includes(reference);
  return {
    page: { where: 'page', hasArrived, remark: `${response.status}, reference ${reference}` },
    reference,
  };
}

function logOutcome({ LOG_DIR, LOG_TO_STDOUT }: Environment, reference: string): Outcome {
  if (LOG_TO_STDOUT) return { where: 'log', hasArrived: true, remark: 'on standard output, above' };
  try {
    const files = readdirSync(LOG_DIR).filter((name) => name.startsWith('microblog.log'));
    const file = files.find((name) => readFileSync(join(LOG_DIR, name), 'utf8').includes(reference));
    return { where: 'log', hasArrived: file !== undefined, remark: join(LOG_DIR, file ?? 'microblog.log') };
  } catch (error) {
    return { where: 'log', hasArrived: false, remark: (error as Error).message };
  }
}

async function mailOutcomes(
  app: NestExpressApplication,
  environment: Environment,
  reference: string,
): Promise<Outcome[]> {
  if (!environment.mailsErrors) {
    return [{ where: 'mail', hasArrived: false, remark: reasonForNoMail(environment) }];
  }
  // The page waits for half a second at most until the error is counted and its mail is in the outbox.
  await app.get(LoggingService).flush();
  const outbox = app.get(Outbox, { strict: false });
  const deadline = Date.now() + DELIVERY_TIMEOUT_MS;
  let mails = await outbox.containing(reference);
  while (!mails.every(({ sentAt, attempts }) => sentAt ?? attempts > 0) && Date.now() < deadline) {
    await sleep(100);
    mails = await outbox.containing(reference);
  }
  if (mails.length === 0)
    return [{ where: 'mail', hasArrived: false, remark: 'it was not taken for delivery; see the log' }];
  return mails.map(({ recipient, sentAt, lastFailure }) => ({
    where: `mail to ${recipient}`,
    hasArrived: sentAt !== null,
    remark: sentAt ? `taken by ${environment.MAIL_SERVER}` : lastFailure || 'no answer from the mail server',
  }));
}

function reasonForNoMail({ MAIL_SERVER, ADMINS, MICROBLOG_DEBUG }: Environment): string {
  if (MICROBLOG_DEBUG) return 'errors are not mailed in debug mode';
  if (!MAIL_SERVER) return 'MAIL_SERVER is not set';
  return ADMINS.length === 0 ? 'ADMINS is not set' : '';
}

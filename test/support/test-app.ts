import { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WINSTON_MODULE_PROVIDER } from 'nest-winston';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'winston';
import { parseEnvironment } from '../../src/config/environment';
import { createApplication } from '../../src/create-application';
import { CapturedLog } from './captured-log';
import { createDatabase, TestDatabase } from './database';
import { Visitor } from './visitor';

/** The whole application, listening, on a database of its own; everything but `main.ts`. */
export class TestApp {
  private constructor(
    readonly nest: NestExpressApplication,
    readonly log: CapturedLog,
    private readonly url: string,
    readonly logDirectory: string,
    private readonly database: TestDatabase | undefined,
  ) {}

  /**
   * @param variables settings that the test is about; with a DATABASE_URL, that database is used and outlives the app
   * @param modules further modules, for routes that do what no route of the application does
   */
  static async start(
    variables: Record<string, string> = {},
    modules: (Type | DynamicModule)[] = [],
  ): Promise<TestApp> {
    const database = variables.DATABASE_URL ? undefined : await createDatabase();
    const environment = parseEnvironment({
      NODE_ENV: 'test',
      SECRET_KEY: 'a key for tests, long enough to sign with',
      DATABASE_URL: database?.url,
      AUTH_RATE_LIMIT: '0',
      LOG_DIR: mkdtempSync(join(tmpdir(), 'microblog-logs-')),
      ...variables,
    });
    const log = new CapturedLog();
    const nest = await createApplication(environment, {
      modules,
      beforeLogging: (app) =>
        log.replaceConsoleOf(app.get<Logger>(WINSTON_MODULE_PROVIDER, { strict: false })),
    });
    await nest.listen(0, '127.0.0.1');
    return new TestApp(nest, log, await nest.getUrl(), environment.LOG_DIR, database);
  }

  /** Somebody with a browser of their own. */
  visitor(headers: Record<string, string> = {}): Visitor {
    return new Visitor(this.url, headers);
  }

  /** Somebody who has registered and signed in, through the real forms. */
  async signedIn(username: string): Promise<Visitor> {
    const visitor = this.visitor();
    await visitor.register(username);
    await visitor.signIn(username);
    return visitor;
  }

  async stop(): Promise<void> {
    await this.nest.close();
    rmSync(this.logDirectory, { recursive: true, force: true });
    await this.database?.drop();
  }
}

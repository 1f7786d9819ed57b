import { DynamicModule, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module';
import { applicationOptions, setUp } from '../../src/app.setup';
import { parseEnvironment } from '../../src/config/environment';
import { createDatabase, TestDatabase } from './database';
import { Visitor } from './visitor';

/** The whole application, listening, on a database of its own; everything but `main.ts`. */
export class TestApp {
  private constructor(
    readonly nest: NestExpressApplication,
    readonly log: CapturedLog,
    private readonly url: string,
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
      SECRET_KEY: 'a key for tests',
      DATABASE_URL: database?.url,
      AUTH_RATE_LIMIT: '0',
      ...variables,
    });
    const log = new CapturedLog();
    const { imports = [], ...app } = AppModule.forRoot(environment);
    const nest = await NestFactory.create<NestExpressApplication>(
      { ...app, imports: [...imports, ...modules] },
      { ...applicationOptions, abortOnError: false, logger: log },
    );
    await setUp(nest).listen(0, '127.0.0.1');
    return new TestApp(nest, log, await nest.getUrl(), database);
  }

  /** Somebody with a browser of their own. */
  visitor(): Visitor {
    return new Visitor(this.url);
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
    await this.database?.drop();
  }
}

/** What the application logged, instead of the console. */
export class CapturedLog implements LoggerService {
  readonly errors: unknown[] = [];
  readonly warnings: unknown[] = [];

  log(): void {
    // Tests look at what goes wrong.
  }

  warn(message: unknown): void {
    this.warnings.push(message);
  }

  error(message: unknown): void {
    this.errors.push(message);
  }

  fatal(message: unknown): void {
    this.errors.push(message);
  }
}

import { sqliteLibrary } from '../../../src/database/sqlite-library';
import { Browser, BrowserContextOptions, chromium } from 'playwright-core';
import { TestDatabase, createSqliteFile } from '../../support/database';
import { RunningApp } from '../../support/running-app';
import { Complaints } from './complaints';
import { Visitor } from './visitor';

/** How the browser is started. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** The built application and a browser to visit it with. */
export class Site {
  private readonly complaints: Complaints;

  private constructor(
    private readonly app: RunningApp,
    private readonly database: TestDatabase,
    private readonly browser: Browser,
  ) {
    this.complaints = new Complaints(app.url);
  }

  /** @param settings variables of the environment that the tests are about */
  static async open(settings: Record<string, string> = {}): Promise<Site> {
    const database = createSqliteFile();
    const variables = { ...settings, DATABASE_URL: database.url };
    const [app, browser] = await Promise.all([RunningApp.start(variables), chromium.launch(CHROMIUM)]);
    return new Site(app, database, browser);
  }

  /** Somebody with a browser of their own: nothing is shared with the other visitors but the site. */
  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      baseURL: this.app.url,
      // Colours that are still changing cannot be judged.
      reducedMotion: 'reduce',
      ...options,
    });
    // What is there is there at once; a test that waits longer has failed.
    context.setDefaultTimeout(5000);
    this.complaints.hearFrom(context);
    return new Visitor(await context.newPage());
  }

  /**
   * To be called after a test, which fails when a page of it has made the browser complain. No visitor and nobody's
   * account is left for the next one.
   */
  async reset(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    this.forgetEverybody();
    expect(this.complaints.takeAll()).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
    await this.database.drop();
    expect(this.complaints.takeAll()).toEqual([]);
  }

  /** Posts and sessions go with their people. */
  private forgetEverybody(): void {
    const database = new (sqliteLibrary())(this.database.url.replace('sqlite:', ''));
    database.prepare('DELETE FROM users').run();
    database.close();
  }
}

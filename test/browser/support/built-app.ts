import Database from 'better-sqlite3';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

const MAIN = resolve(__dirname, '../../../dist/main.js');
const DATABASE = 'browser.sqlite';

/** The application as it is deployed, in a process of its own, with a database that nobody has used yet. */
export class BuiltApp {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly end: Promise<unknown>,
    private readonly directory: string,
  ) {}

  /** @throws Error with what the application complained about when it does not start */
  static async start(): Promise<BuiltApp> {
    const directory = await mkdtemp(join(tmpdir(), 'microblog-browser-'));
    const process = spawn(globalThis.process.execPath, [MAIN], {
      // Neither the `.env` nor the logs of the checkout.
      cwd: directory,
      env: {
        PORT: '0',
        DATABASE_URL: `sqlite:${join(directory, DATABASE)}`,
        SECRET_KEY: 'a secret key of the browser tests only',
        NODE_ENV: 'test',
        AUTH_RATE_LIMIT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = once(process, 'exit');
    const complaints = text(process.stderr);
    for await (const line of createInterface(process.stdout)) {
      const url = /Ready at (\S+)/.exec(line)?.[1];
      if (!url) continue;
      // A pipe that nobody reads would stop the application once it is full.
      process.stdout.resume();
      return new BuiltApp(url, process, end, directory);
    }
    await rm(directory, { recursive: true });
    throw new Error(`The application did not start: ${await complaints}`);
  }

  /** Empties the database: posts and sessions go with their people. */
  forgetEverybody(): void {
    const database = new Database(join(this.directory, DATABASE));
    database.prepare('DELETE FROM users').run();
    database.close();
  }

  async stop(): Promise<void> {
    this.process.kill();
    await this.end;
    await rm(this.directory, { recursive: true });
  }
}

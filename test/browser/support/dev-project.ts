import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(__dirname, '../../..');
const FILES = [
  'package.json',
  'nest-cli.json',
  '.swcrc',
  'tsconfig.json',
  'tsconfig.build.json',
  'dev.env',
  'packages',
  'src',
  'views',
  'public',
];
/** Ended as a group when its third pipe is closed, which also happens when the tests are killed. */
const COMMAND = '(cat <&3; kill -- -$$) & exec npm run dev';
/** Longer than compiling and starting take on a machine that is busy with other tests. */
const START_TIMEOUT_MS = 60_000;
/** The application gives running requests ten seconds. */
const STOP_TIMEOUT_MS = 12_000;

/** A copy of the project in which `npm run dev` runs, as a developer has it while working. */
export class DevProject {
  /** Of the application, which no page may show. */
  static readonly secretKey = 'the key of a developer';

  private directory = '';
  private printed = '';
  private port = 0;
  private process?: ChildProcess;

  /** @throws Error with what was printed when it does not come to serve */
  async start(): Promise<void> {
    this.directory = mkdtempSync(join(tmpdir(), 'microblog-dev-'));
    for (const file of FILES) cpSync(join(ROOT, file), this.path(file), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), this.path('node_modules'));
    this.port = await freePort();
    const { PATH, HOME } = process.env;
    this.process = spawn('sh', ['-c', COMMAND], {
      cwd: this.directory,
      env: {
        PATH,
        HOME,
        PORT: String(this.port),
        DATABASE_URL: `sqlite:${this.path('dev.sqlite')}`,
        LOG_DIR: this.path('logs'),
        SECRET_KEY: DevProject.secretKey,
        AUTH_RATE_LIMIT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A group of its own: npm, a shell, Nest's CLI and the application can be ended together.
      detached: true,
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    }
    await Promise.race([this.untilPrinted('Ready at '), failure(this.process)]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As the terminal shows it. */
  get pin(): string {
    const [, pin] = /Debugger PIN: ([\d-]+)/.exec(this.printed) ?? [];
    if (!pin) throw new Error(`No PIN was printed:\n${this.printed}`);
    return pin;
  }

  /** How often something was printed so far. */
  timesPrinted(text: string): number {
    return this.printed.split(text).length - 1;
  }

  /** Until it was printed so many times. */
  async untilPrinted(text: string, times = 1): Promise<void> {
    const end = Date.now() + START_TIMEOUT_MS;
    while (this.timesPrinted(text) < times) {
      if (Date.now() > end) throw new Error(`"${text}" was not printed ${times} times:\n${this.printed}`);
      await sleep(20);
    }
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  save(file: string, text: string): void {
    writeFileSync(this.path(file), text);
  }

  path(file: string): string {
    return join(this.directory, file);
  }

  /** Ends every process of the command, and leaves no file. */
  async stop(): Promise<void> {
    await this.endProcesses();
    if (this.directory) rmSync(this.directory, { recursive: true, maxRetries: 10 });
  }

  private async endProcesses(): Promise<void> {
    const end = Date.now() + STOP_TIMEOUT_MS;
    this.signal('SIGTERM');
    while (this.signal(0)) {
      if (Date.now() > end) {
        this.signal('SIGKILL');
        return;
      }
      await sleep(20);
    }
  }

  /** @returns whether there was still a process to take it */
  private signal(signal: NodeJS.Signals | 0): boolean {
    if (this.process?.pid === undefined) return false;
    try {
      return process.kill(-this.process.pid, signal);
    } catch {
      return false;
    }
  }
}

async function failure(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`npm run dev ended with ${code}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Visitor } from './visitor';

const MAIN = join(__dirname, '../../dist/src/main.js');

/** The built application in a process of its own. */
export class RunningApp {
  private constructor(
    private readonly process: ChildProcess,
    readonly output: string[],
    readonly url: string,
  ) {}

  /**
   * @param directory in which it runs; one without a `.env` unless given
   * @throws Error with what was printed when it does not start
   */
  static async start(variables: Record<string, string>, directory?: string): Promise<RunningApp> {
    const { process, output } = run(variables, directory);
    return new Promise((resolve, reject) => {
      process.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${output.join('\n')}`)));
      const look = () => {
        const said = output.join('\n');
        const [, url] = /Ready at (\S+)/.exec(said) ?? [];
        // The banner of debug mode comes by the other stream, before it or after.
        if (url && (variables.MICROBLOG_DEBUG !== '1' || /Debugger PIN:|No PIN is needed:/.test(said))) {
          resolve(new RunningApp(process, output, url));
        }
      };
      process.stdout?.on('data', look);
      process.stderr?.on('data', look);
    });
  }

  /** Starts one that is expected to fail; returns how it ended. */
  static async fail(variables: Record<string, string>): Promise<{ code: number; output: string[] }> {
    const { process, output } = run(variables);
    const [code] = (await once(process, 'close')) as [number];
    return { code, output };
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  visitor(): Visitor {
    return new Visitor(this.url);
  }

  /** What it prints from now on goes nowhere, as when the program that was reading has ended. */
  closeConsole(): void {
    this.process.stdout?.destroy();
    this.process.stderr?.destroy();
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode;
    const [code, signal] = (await once(this.process, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? signal;
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await this.ended();
  }
}

function run(
  variables: Record<string, string>,
  directory = tmpdir(),
): { process: ChildProcess; output: string[] } {
  const child = spawn(process.execPath, [MAIN], {
    // Not where a developer's `.env` would be read.
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      NODE_ENV: 'test',
      LOG_TO_STDOUT: '1',
      SECRET_KEY: 'a key for tests, long enough to sign with',
      AUTH_RATE_LIMIT: '0',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => output.push(line));
  }
  return { process: child, output };
}

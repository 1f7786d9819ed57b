import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { wantsDebugMode } from './config/debug-mode';
import { loadingProblem } from './config/native-module';
import { PROJECT_ROOT } from './config/paths';
import { StartError } from './config/start-error';
import { PRIVATE_UMASK } from '@microblog/private-files';

interface Program {
  run: () => Promise<void>;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

interface LaunchOptions {
  /** Whether a browser waits for the program, and shall show in debug mode why it does not start. */
  readonly isServer?: boolean;
}

/**
 * Runs one of the application's programs, and ends the process with 1 and one line when it cannot start.
 *
 * @param load loads the program; only what is loaded after this call gets its places in TypeScript
 */
export function launch(load: () => Promise<Program>, { isServer = false }: LaunchOptions = {}): void {
  process.setSourceMapsEnabled(true);
  keepCompiledCode();
  process.umask(PRIVATE_UMASK);
  void start(load, isServer);
}

/**
 * From one start to the next, which takes a quarter off a start; Node 20 cannot. In Node's own place, the directory of temporary files, other
 * users of the machine could put code.
 */
function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (directory: string) => unknown };
  enableCompileCache?.(join(PROJECT_ROOT, 'node_modules/.cache/node'));
}

async function start(load: () => Promise<Program>, isServer: boolean): Promise<void> {
  try {
    const program = await load();
    await program.run();
  } catch (error) {
    const problem = error instanceof StartError ? error.message : loadingProblem(error);
    console.error(problem ? `Microblog cannot start: ${problem}` : error);
    if (!isServer || !wantsDebugMode()) process.exit(1);
    await showInBrowser(error, problem);
    await start(load, isServer);
  }
}

/** Shows in the browser why the application does not start; goes on when another start may go well. */
async function showInBrowser(error: unknown, problem: string | undefined): Promise<void> {
  try {
    const { showStartFailure } = await import('./debug-mode/show-start-failure.js');
    const server = await showStartFailure(error, problem);
    // Open pages hold connections, for which a stop does not wait.
    for (const signal of SIGNALS) process.on(signal, exit);
    console.error('The browser shows it too, and is back with the next start that goes well.');
    await server.settingsChanged();
    await server.close();
    for (const signal of SIGNALS) process.off(signal, exit);
  } catch {
    // What shows it is what is broken, or another program has the address: the terminal has said why already.
    process.exit(1);
  }
}

function exit(): never {
  process.exit(1);
}

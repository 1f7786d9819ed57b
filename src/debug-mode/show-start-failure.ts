import { isSecretName, setProjectRoot } from '@microblog/error-report';
import { StartFailureServer } from '@microblog/debugger';
import { DOT_ENV, readDotEnv } from '../config/dot-env';
import { hostProblem } from '../config/host';
import { PROJECT_ROOT } from '../config/paths';
import { StartError } from '../config/start-error';
import { DEBUGGED_PROJECT } from './debugged-project';

const DEFAULT_PORT = 3000;
const DEFAULT_HOST = '127.0.0.1';

/**
 * Serves a page at the application's address that says why it does not start, to a client that is certain to be its developer.
 *
 * @param problem the error in one line, where that says everything
 * @throws Error when the address is taken
 */
export function showStartFailure(error: unknown, problem: string | undefined): Promise<StartFailureServer> {
  setProjectRoot(PROJECT_ROOT);
  const variables = rawVariables();
  return StartFailureServer.start(error, {
    ...DEBUGGED_PROJECT,
    problem,
    isSetting: error instanceof StartError,
    secrets: Object.entries(variables).flatMap(([name, value]) =>
      isSecretName(name) && value ? [value.trim()] : [],
    ),
    host: hostIn(variables),
    port: portIn(variables),
    settingsFile: DOT_ENV,
    settingsHint: `Correct it in ${DOT_ENV}, or in the environment and start npm run dev again.`,
  });
}

/** Unchecked, since one of them may be what is wrong. */
function rawVariables(): Record<string, string | undefined> {
  try {
    return { ...readDotEnv(), ...process.env };
  } catch {
    return process.env;
  }
}

function portIn({ PORT = '' }: Record<string, string | undefined>): number {
  const port = Number(PORT.trim() || DEFAULT_PORT);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : DEFAULT_PORT;
}

function hostIn({ HOST = '' }: Record<string, string | undefined>): string {
  const host = HOST.trim();
  return host && hostProblem(host, 'PORT') === undefined ? host : DEFAULT_HOST;
}

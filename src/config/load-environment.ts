import { readDotEnv } from './dot-env';
import { Environment, parseEnvironment } from './environment';
import { loadOrCreateSecretKey } from './secret-key';
import { StartError } from './start-error';

const SECRET_KEY_FILE = '.secret_key';

/**
 * The settings from the process's environment, then from `.env` in the working directory.
 *
 * @throws StartError with one line that names the variable that is wrong or missing
 */
export function loadEnvironment(): Environment {
  const variables = { ...readDotEnv(), ...process.env };
  const environment = parseEnvironment(variables);
  if (environment.SECRET_KEY) return environment;
  if (environment.isProduction) {
    throw new StartError('SECRET_KEY must be set when NODE_ENV=production');
  }
  return parseEnvironment({ ...variables, SECRET_KEY: loadOrCreateSecretKey(SECRET_KEY_FILE) });
}

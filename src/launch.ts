import { loadingProblem } from './config/native-module';
import { StartError } from './config/start-error';
import { PRIVATE_UMASK } from './files/private-files';

/**
 * Runs one of the application's programs, and ends the process with 1 and one line when it cannot start.
 *
 * @param load loads the program; only what is loaded after this call gets its places in TypeScript
 */
export function launch(load: () => Promise<{ run: () => Promise<void> }>): void {
  process.setSourceMapsEnabled(true);
  process.umask(PRIVATE_UMASK);
  load()
    .then(({ run }) => run())
    .catch((error: unknown) => {
      const problem = error instanceof StartError ? error.message : loadingProblem(error);
      console.error(problem ? `Microblog cannot start: ${problem}` : error);
      process.exit(1);
    });
}

import { isWorker } from './config/worker';
import { loadEnvironment } from './config/load-environment';
import { tryToListen } from './listening';

/** Serves until a signal, in this process or in several, of which the parent loads no application. */
export async function run(): Promise<void> {
  const environment = loadEnvironment();
  // Of a worker the parent has tried it.
  if (!isWorker) await tryToListen(environment);
  if (isWorker || environment.workers === 1) {
    const { serve } = await import('./serve.js');
    await serve(environment);
  } else {
    const { servePool } = await import('./workers/primary.js');
    await servePool(environment);
  }
}

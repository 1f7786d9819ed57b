import cluster from 'node:cluster';

/** Set for the processes that the pool starts. Other programs, such as pm2, start cluster workers too, and do not do for them what the pool does. */
const MARK = 'MICROBLOG_WORKER';

/** What the environment of a worker has beside that of its parent. */
export const workerEnvironment = { [MARK]: '1' };

/** Whether this process is one of several that serve on one port, and are started and stopped by a `WorkerPool`. */
export const isWorker = cluster.isWorker && process.env[MARK] === '1';

import { AsyncLocalStorage } from 'node:async_hooks';

const mailing = new AsyncLocalStorage<true>();

/** Runs work of mail delivery. Its errors are logged, but never mailed. */
export function inMailContext<T>(work: () => T): T {
  return mailing.run(true, work);
}

export function isInMailContext(): boolean {
  return mailing.getStore() === true;
}

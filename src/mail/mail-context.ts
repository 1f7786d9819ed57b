import { AsyncLocalStorage } from 'node:async_hooks';

const mailing = new AsyncLocalStorage<true>();

/** Runs what belongs to the delivery of mails; what goes wrong in it is logged, and never mailed itself. */
export function inMailContext<T>(work: () => T): T {
  return mailing.run(true, work);
}

export function isInMailContext(): boolean {
  return mailing.getStore() === true;
}

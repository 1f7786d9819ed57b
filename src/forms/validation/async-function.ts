const AsyncFunction = Object.getPrototypeOf(async () => Promise.resolve()) as object;

/** Whether it was declared `async`: then it may ask a database, and has to wait for what need not. */
export function isAsyncFunction(check: object): boolean {
  return Object.getPrototypeOf(check) === AsyncFunction;
}

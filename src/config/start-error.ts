/**
 * The application cannot start, for a reason that an operator can correct. The message is one line that says
 * what is wrong; `main.ts` prints it without a stack and exits with 1.
 */
export class StartError extends Error {
  override name = 'StartError';
}

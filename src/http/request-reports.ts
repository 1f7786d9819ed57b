import { SerializedError, causeChain, fingerprint } from '@microblog/error-report';

/** An error that was reported while a request was answered. */
interface RequestReport {
  /** The reference of the first error. Its consequences share it. */
  readonly reference: string;
  /** Whether a mail about it, or about one like it, is kept for delivery. */
  readonly isNotified: Promise<boolean>;
  readonly thrown: unknown;
  /** What was thrown, with its secrets hidden. */
  readonly error: SerializedError;
}

const LONGEST_LIST = 10;

/** The errors of one request: tells consequences of an earlier error from independent ones. */
export class RequestReports {
  private readonly reports: RequestReport[] = [];

  add(report: RequestReport): void {
    if (this.reports.length < LONGEST_LIST) this.reports.push(report);
  }

  /** The report of the error from which this one follows: it has that as its cause, or both have the same root. */
  causeOf(thrown: unknown, error: SerializedError): RequestReport | undefined {
    const chain = causeChain(thrown).filter(isObject);
    const root = rootKey(error);
    return this.reports.find(
      (report) =>
        causeChain(report.thrown).some((cause) => chain.includes(cause)) || rootKey(report.error) === root,
    );
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Identifies the root cause, wherever it was caught. */
function rootKey(error: SerializedError): string {
  return fingerprint({ ...(error.causes.at(-1) ?? error), frames: [], causes: [] }).key;
}

/** What nodemailer says of a mail that could not be sent. */
interface SmtpError extends Error {
  /** Such as `EAUTH`; Node's own code where there was no connection. */
  readonly code?: string;
  /** What was being said to the server: `CONN`, `MAIL FROM`, `RCPT TO`, `DATA`, … */
  readonly command?: string;
  /** The server's answer, of three digits. */
  readonly responseCode?: number;
}

/**
 * What becomes of a mail that could not be sent: it never will be (`refused`), it may be later, while others may be now (`postponed`), or no
 * mail can be sent at the moment (`outage`), as when nobody answers or the login is refused.
 */
export type SendFailureKind = 'refused' | 'postponed' | 'outage';

/** RFC 5321, section 3.8: the server closes the connection, whatever was asked. */
const CLOSING = 421;
/** The size of this mail is too much for the server; RFC 1870. */
const TOO_LARGE = 552;

export class SendFailure {
  readonly kind: SendFailureKind;
  /** Whether it is the recipient's address that is refused, and not what the mail says. */
  readonly isRecipientRefused: boolean;
  /** What went wrong, in one line. */
  readonly reason: string;

  /** @param error what `sendMail()` of nodemailer has thrown */
  constructor(error: unknown) {
    const failure: SmtpError = error instanceof Error ? error : new Error(String(error));
    this.kind = kindOf(failure);
    this.isRecipientRefused = this.kind === 'refused' && failure.command === 'RCPT TO';
    this.reason = failure.message.replace(/\s+/g, ' ');
  }
}

function kindOf({ code, command, responseCode = 0 }: SmtpError): SendFailureKind {
  if (!isAboutOneMail(code, command, responseCode)) return 'outage';
  const isForEver = responseCode === 0 || responseCode >= 500;
  return isForEver ? 'refused' : 'postponed';
}

/** The recipient and the content are; the sender, the login and the connection are those of all mails. */
function isAboutOneMail(
  code: string | undefined,
  command: string | undefined,
  responseCode: number,
): boolean {
  if (responseCode === CLOSING) return false;
  if (command === 'RCPT TO' || command === 'DATA') return responseCode !== 0;
  const isTooLarge = responseCode === TOO_LARGE || code === 'EMESSAGE';
  if (command === 'MAIL FROM') return isTooLarge;
  return command === 'API' && (code === 'EENVELOPE' || code === 'EMESSAGE');
}

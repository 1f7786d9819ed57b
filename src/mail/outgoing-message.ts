import type { ISendMailOptions } from '@nestjs-modules/mailer';
import { formatDistance } from 'date-fns/formatDistance';
import { OutgoingMail } from './outgoing-mail.entity';

/** A mail says that it is late from this age on. */
const LATE_MS = 60_000;

/** A mail as the transport takes it. */
export function messageOf(mail: OutgoingMail, from: string | undefined): ISendMailOptions {
  const note = lateNote(mail.createdAt, new Date());
  return {
    from,
    to: mail.recipient,
    subject: mail.subject,
    messageId: mail.messageId,
    references: mail.threadId || undefined,
    date: mail.createdAt,
    text: note ? `${note}\n\n${mail.text}` : mail.text,
    html: note
      ? mail.html.replace(/<body[^>]*>/, (body) => `${body}<p><strong>${note}</strong></p>`)
      : mail.html,
    // What is a line to us may be longer than the 998 characters that SMTP allows.
    textEncoding: 'base64',
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function lateNote(createdAt: Date, now: Date): string | undefined {
  if (now.getTime() - createdAt.getTime() < LATE_MS) return undefined;
  const lateness = formatDistance(createdAt, now);
  return `This mail is ${lateness} late: it was written at ${createdAt.toISOString()} and could not be delivered before.`;
}

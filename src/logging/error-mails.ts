import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { Environment } from '../config/environment';
import { VERSION } from '../config/version';
import { Mail } from '../mail/mail';
import { MailTemplates } from '../mail/mail-templates';
import { ErrorGroup } from './error-group.entity';
import { ErrorOccurrence } from './error-occurrence';
import { sourceExcerpt } from './source-excerpt';
import { StackFrame } from './stack-frames';
import { ThrownError } from './thrown';

/** The longest a mail's text may be, in bytes; with its HTML and both in base64 the whole stays below 64 kB. */
const TEXT_LIMIT = 13_000;
const HTML_LIMIT = 26_000;

/** Writes the mails about errors. Mails about one group have one subject and one thread. */
@Injectable()
export class ErrorMails {
  constructor(
    private readonly templates: MailTemplates,
    private readonly environment: Environment,
  ) {}

  /** The mail at a milestone: all that is known of one occurrence, and how many there were. */
  occurrence(group: ErrorGroup, count: number, occurrence: ErrorOccurrence): Mail {
    const { error } = occurrence;
    const frame = topFrame(error);
    return this.mail(group, `count-${count}`, 'error', {
      occurrence,
      error: { ...error, causes: error.causes.map(withSource) },
      source: frame && { frame, lines: sourceExcerpt(frame) },
      count,
    });
  }

  /** The mail at the end of a group, with the exact total. */
  closing(group: ErrorGroup): Mail {
    return this.mail(group, `closing-${group.count}`, 'error-closing', {});
  }

  /** The mail about what the hourly cap kept back. */
  digest(groups: ErrorGroup[], hour: number): Mail {
    const data = { groups, version: VERSION, host: hostname() };
    return {
      to: this.environment.ADMINS,
      subject: '[Microblog] Errors that were not mailed one by one',
      messageId: `<digest-${hour}@microblog>`,
      references: '<digest@microblog>',
      ...this.bodies('error-digest', data),
    };
  }

  private mail(group: ErrorGroup, part: string, template: string, data: object): Mail {
    const common = { group, version: VERSION, environment: this.environment.NODE_ENV, host: hostname() };
    return {
      to: this.environment.ADMINS,
      subject: `[Microblog] ${group.title}`,
      messageId: `<${group.key}.${group.firstSeen.getTime()}.${part}@microblog>`,
      references: `<${group.key}@microblog>`,
      ...this.bodies(template, { ...common, ...data }),
    };
  }

  /** The HTML is made of the text, which is cut so that neither is too long. */
  private bodies(template: string, data: object): Pick<Mail, 'text' | 'html'> {
    const whole = this.templates.text(template, data);
    for (let limit = TEXT_LIMIT; ; limit /= 2) {
      const text = cut(whole, limit);
      const html = this.templates.html('error', { text });
      if (Buffer.byteLength(html) <= HTML_LIMIT) return { text, html };
    }
  }
}

/** Where to look first: the topmost frame of our own code, in the error or in what caused it. */
function topFrame(error: ThrownError): StackFrame | undefined {
  return [error, ...error.causes].flatMap(({ frames }) => frames).find(({ isOwn }) => isOwn);
}

function withSource(error: ThrownError): object {
  return { ...error, at: topFrame(error) };
}

function cut(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  if (buffer.length <= bytes) return text;
  return `${new TextDecoder().decode(buffer.subarray(0, bytes), { stream: true })}\n\n[cut: the rest is in the log]\n`;
}

import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { Environment } from '../config/environment';
import { VERSION } from '../config/version';
import { Mail } from '../mail/mail';
import { MailTemplates } from '../mail/mail-templates';
import { ErrorGroup } from './error-group.entity';
import { ErrorEvent } from '../logging/error-event';
import { StackFrame, SerializedError, sourceExcerpt } from '@microblog/error-report';

/** The longest a mail's text may be, in bytes; with its HTML and both in base64 the whole stays below 64 kB. */
const TEXT_LIMIT = 13_000;
const HTML_LIMIT = 26_000;

/** With the environment before it and the count after it, a subject stays below the 200 characters that the outbox keeps. */
const HEADING_LENGTH = 140;

/** Writes the mails about errors. Mails about one group are one thread. */
@Injectable()
export class ErrorMails {
  constructor(
    private readonly templates: MailTemplates,
    private readonly environment: Environment,
  ) {}

  /** The mail at a milestone: all that is known of one event, and how many there were. */
  event(group: ErrorGroup, count: number, event: ErrorEvent): Mail {
    const { error } = event;
    const frame = topFrame(error);
    const times = count > 1 ? `${count} times` : undefined;
    return this.mail(group, `count-${count}`, times, 'error', {
      event,
      isReading: event.request?.method === 'GET',
      error: { ...error, causes: error.causes.map(withSource) },
      source: frame && { frame, lines: sourceExcerpt(frame) },
      count,
    });
  }

  /** The mail at the end of a group, with the exact total. */
  closing(group: ErrorGroup): Mail {
    return this.mail(group, `closing-${group.count}`, `${group.count} times in all`, 'error-closing', {});
  }

  /** The mail about what the hourly cap kept back. */
  digest(groups: ErrorGroup[], hour: number): Mail {
    const data = { groups, version: VERSION, host: hostname() };
    const heading = 'Errors that were not mailed one by one';
    return {
      to: this.environment.ADMINS,
      subject: this.subject(heading),
      messageId: `<digest-${hour}@microblog>`,
      references: '<digest@microblog>',
      ...this.bodies(heading, 'error-digest', data),
    };
  }

  /** @param times how often it happened, as the subject says it */
  private mail(
    group: ErrorGroup,
    part: string,
    times: string | undefined,
    template: string,
    data: object,
  ): Mail {
    const { NODE_ENV, LOG_TO_STDOUT } = this.environment;
    const common = {
      group,
      version: VERSION,
      environment: NODE_ENV,
      host: hostname(),
      isLoggedToStdout: LOG_TO_STDOUT,
    };
    const title = shortened(group.lastRoute ? `${group.lastRoute}: ${group.title}` : group.title);
    const heading = times ? `${title} (${times})` : title;
    return {
      to: this.environment.ADMINS,
      subject: this.subject(heading),
      messageId: `<${group.key}.${group.firstSeen.getTime()}.${part}@microblog>`,
      references: `<${group.key}@microblog>`,
      ...this.bodies(heading, template, { ...common, ...data }),
    };
  }

  private subject(heading: string): string {
    return `[Microblog ${this.environment.NODE_ENV}] ${heading}`;
  }

  /** The HTML is made of the text, which is cut so that neither is too long. */
  private bodies(heading: string, template: string, data: object): Pick<Mail, 'text' | 'html'> {
    const whole = this.templates.text(template, data);
    for (let limit = TEXT_LIMIT; ; limit /= 2) {
      const text = cut(whole, limit);
      const html = this.templates.html('error', { heading, text });
      if (Buffer.byteLength(html) <= HTML_LIMIT) return { text, html };
    }
  }
}

/** Where to look first: the topmost frame of our own code, in the error or in what caused it. */
function topFrame(error: SerializedError): StackFrame | undefined {
  return [error, ...error.causes].flatMap(({ frames }) => frames).find(({ isOwn }) => isOwn);
}

function shortened(title: string): string {
  return title.length > HEADING_LENGTH ? `${title.slice(0, HEADING_LENGTH).toWellFormed()}…` : title;
}

function withSource(error: SerializedError): object {
  return { ...error, at: topFrame(error) };
}

function cut(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  if (buffer.length <= bytes) return text;
  return `${new TextDecoder().decode(buffer.subarray(0, bytes), { stream: true })}\n\n[cut: the rest is in the log]\n`;
}

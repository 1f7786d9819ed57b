import { Inject, Injectable, LoggerService } from '@nestjs/common';
import { WINSTON_MODULE_PROVIDER } from 'nest-winston';
import type { Logger as WinstonLogger } from 'winston';
import { Environment } from '../config/environment';
import {
  Redactor,
  SerializedError,
  callerFrame,
  cutText,
  errorLines,
  fingerprint,
  inspectSafely,
  isError,
  newReference,
  redactError,
  serializeError,
} from '@microblog/error-report';
import { ErrorEvent } from './error-event';
import { ReportedError } from './reported-error';
import { ErrorObserver } from './error-observer';
import { LogCall, loggedError, readLogCall } from './log-call';
import { LogEntry } from './log-entry';
import { readableLine } from './line-formats';
import { redactedRequest, redactorFor } from './request-redaction';
import { RequestContext, requestContext } from '../http/request-context';
import { RotatingFile } from '@microblog/rotating-file';

/** Contexts in which Nest logs a line for each module and route at startup. Only their warnings and errors are kept. */
const NEST_BOOT = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];
/** What a line is cut to before its secrets are hidden, in characters: a URL of 16 kB says no more than its beginning. */
const MESSAGE_LENGTH = 2_000;
/** Frames between a caller and the logger, which are skipped. */
const LOGGING_CODE = /logging\/(?:logging\.service|log-call|security-log)|@nestjs\//;

/**
 * Stands behind Nest's `Logger`. Every line goes to the console and the log file with its secrets hidden; an error goes to the
 * administrators as well, grouped with similar ones, except an error that happens while mail is sent.
 */
@Injectable()
export class LoggingService implements LoggerService {
  private readonly clientErrorPlaces = new Map<string, string | undefined>();

  constructor(
    @Inject(WINSTON_MODULE_PROVIDER) private readonly winston: WinstonLogger,
    private readonly observer: ErrorObserver,
    private readonly environment: Environment,
  ) {}

  log(message: unknown, ...optional: unknown[]): void {
    this.write('info', readLogCall(message, optional));
  }

  warn(message: unknown, ...optional: unknown[]): void {
    this.write('warn', readLogCall(message, optional));
  }

  debug(message: unknown, ...optional: unknown[]): void {
    this.write('debug', readLogCall(message, optional));
  }

  verbose(message: unknown, ...optional: unknown[]): void {
    this.write('verbose', readLogCall(message, optional));
  }

  error(message: unknown, ...optional: unknown[]): void {
    this.logError(readLogCall(message, optional), 'error');
  }

  fatal(message: unknown, ...optional: unknown[]): void {
    this.logError(readLogCall(message, optional), 'fatal');
  }

  /** Logs a request that was answered with 4xx; always from the same place for one `context`. */
  clientError(message: string, context: string): void {
    // Worked out once for each caller, because it takes a tenth of the time of the line.
    const where = this.clientErrorPlaces.get(context) ?? whereLogged();
    this.clientErrorPlaces.set(context, where);
    this.write('warn', readLogCall(message, [context]), { channel: 'client-errors', where });
  }

  /** Logs an event that has to do with who somebody is; see `SecurityLog`. */
  securityEvent(message: string, level: 'info' | 'warn'): void {
    this.write(level, readLogCall(message, ['Security']), { channel: 'security' });
  }

  /**
   * Logs an error of the server and sees to the mail about it. Never rejects, whatever was thrown, and takes half a second at the
   * longest.
   */
  report(thrown: unknown, level: 'error' | 'fatal' = 'error', context?: string): Promise<ReportedError> {
    return this.reportEvent({ error: thrown, others: [], data: [] }, level, context);
  }

  /** A text with the secrets of the current request, and those of the application, hidden. */
  redact(text: string): string {
    return redactorFor(requestContext(), this.environment).redactText(text);
  }

  /** Counts what was reported last, and waits until that is done. Never rejects. */
  flush(): Promise<void> {
    return this.observer.flush();
  }

  /** Closes the log files, which another program may have moved. The next line creates them again. */
  reopenFiles(): void {
    for (const transport of this.winston.transports) {
      if (transport instanceof RotatingFile) transport.close();
    }
    this.log('Log files opened anew', 'Microblog');
  }

  private logError(call: LogCall, level: 'error' | 'fatal'): void {
    const redactor = redactorFor(requestContext(), this.environment);
    const { error, others } = loggedError(call, asText(call.message, redactor));
    void this.reportEvent({ error, others, data: call.data }, level, call.context);
  }

  /** A consequence of an error that the request has already reported gets the same reference and is not mailed again. */
  private async reportEvent(what: Reported, level: 'error' | 'fatal', name?: string): Promise<ReportedError> {
    const request = requestContext();
    const redactor = redactorFor(request, this.environment);
    const event = eventOf(what, request, redactor);
    const cause = request?.isAnswered ? undefined : request?.reports.causeOf(what.error, event.error);
    const reference = cause?.reference ?? event.reference;
    this.writeEvent(level, { ...event, reference }, name && redactor.redactText(name));
    const reported = { reference, event, redactor };
    if (cause) return { ...reported, isNotified: await cause.isNotified };
    const isNotified = this.observer.take(event);
    request?.reports.add({ reference, isNotified, thrown: what.error, error: event.error });
    return { ...reported, isNotified: await isNotified };
  }

  private write(
    level: string,
    { message, errors, data, context }: LogCall,
    { channel, where = whereLogged() }: Partial<Pick<LogEntry, 'channel' | 'where'>> = {},
  ): void {
    if (level === 'info' && context && NEST_BOOT.includes(context)) return;
    const request = requestContext();
    const redactor = redactorFor(request, this.environment);
    const text = [message, ...data].map((value) => asText(value, redactor)).join(' ');
    const all = isError(message) ? [message, ...errors] : errors;
    const described = all.map((error) => redactError(serializeError(error), redactor));
    this.put(level, request, {
      channel,
      message: redactor.redactText(cutText(text, MESSAGE_LENGTH)),
      context: context && redactor.redactText(context),
      id: request?.id,
      where,
      details: described.flatMap((error) => [`${error.name}: ${error.message}`, ...errorLines(error)]),
    });
  }

  private writeEvent(level: string, { error, reference, request }: ErrorEvent, context?: string): void {
    const [top] = error.frames.filter(({ isOwn }) => isOwn);
    const at = request ? `${request.method} ${request.url}: ` : '';
    this.put(level, requestContext(), {
      message: `${at}${error.name}: ${cutText(error.message, MESSAGE_LENGTH)}`,
      context,
      id: reference,
      where: top ? `${top.file}:${top.line}` : whereLogged(),
      details: [
        ...(error.message.length > MESSAGE_LENGTH ? [`message: ${error.message}`] : []),
        ...errorLines(error),
        ...(request ? [`request ${request.id}`] : []),
      ],
    });
  }

  private put(
    level: string,
    request: RequestContext | undefined,
    { channel = 'application', ...rest }: Partial<LogEntry> & Pick<LogEntry, 'message'>,
  ): void {
    const entry: LogEntry = { ...rest, channel, level, timestamp: new Date().toISOString() };
    request?.addLine(readableLine({ ...entry, details: [] }));
    this.winston.log(entry);
  }
}

interface Reported {
  readonly error: unknown;
  /** What was logged together with the error, and caused it or happened at the same time. */
  readonly others: readonly Error[];
  readonly data: readonly unknown[];
}

/** Secrets are hidden first, so that neither a group nor its title depends on them. */
function eventOf(what: Reported, context: RequestContext | undefined, redactor: Redactor): ErrorEvent {
  const error = redactError(describeReported(what), redactor);
  return {
    reference: newReference(),
    at: new Date(),
    ...fingerprint(error),
    error,
    request: context && redactedRequest(context, redactor),
  };
}

function describeReported({ error, others, data }: Reported): SerializedError {
  const described = serializeError(error);
  const more = others.map(serializeError).flatMap((other) => [{ ...other, causes: [] }, ...other.causes]);
  return {
    ...described,
    causes: [...described.causes, ...more],
    ...(data.length > 0 && { details: { ...described.details, data: data.length > 1 ? data : data[0] } }),
  };
}

/** A value in a line of the log. What is under a secret name in it is hidden; the whole line is redacted after that. */
function asText(value: unknown, redactor: Redactor): string {
  if (typeof value === 'string') return value;
  if (isError(value)) return serializeError(value).message;
  return inspectSafely(typeof value === 'object' && value !== null ? redactor.redactObject(value) : value);
}

function whereLogged(): string | undefined {
  const frame = callerFrame(LOGGING_CODE);
  return frame && `${frame.file}:${frame.line}`;
}

import { Inject, Injectable, Logger, LoggerService } from '@nestjs/common';
import { WINSTON_MODULE_PROVIDER } from 'nest-winston';
import type { Logger as WinstonLogger } from 'winston';
import { Environment } from '../config/environment';
import { isMailing } from '../mail/mailing';
import { ErrorOccurrence } from './error-occurrence';
import { ErrorReporter } from './error-reporter';
import { fingerprint } from './fingerprint';
import { LogChannel, LogEntry } from './log-entry';
import { readableLine } from './line-formats';
import { Redactor } from './redaction/redactor';
import { redactedRequest, redactedThrown, redactorFor } from './redaction/request-redaction';
import { newReference } from './reference';
import { RequestContext, requestContext } from './request-context';
import { RotatingFile } from './rotating-file';
import { callerFrame } from './stack-frames';
import { ThrownError, cutText, describeThrown } from './thrown';

/** What Nest tells of its own start, a line a module and a route, is of interest only when something is wrong with it. */
const NEST_BOOT = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];
/** What a line is cut to before its secrets are hidden, in characters: a URL of 16 kB says no more than its beginning. */
const MESSAGE_LENGTH = 2_000;
/** Between a caller and the line in the log. */
const LOGGING_CODE = /logging\/(?:logging\.service|security-log)|@nestjs\//;

/** What became of an error that was reported. */
export interface Report {
  /** Under which the error is found in the log and in the mail; short enough to be read aloud. */
  readonly reference: string;
  /** Whether a mail about it, or about one like it, has been taken for delivery. */
  readonly isNotified: boolean;
}

/**
 * Stands behind Nest's `Logger`. Every line goes to the console and the log file with its secrets hidden; an error goes to the
 * administrators as well, grouped with its like, save one that happens while mails are being sent.
 */
@Injectable()
export class LoggingService implements LoggerService {
  constructor(
    @Inject(WINSTON_MODULE_PROVIDER) private readonly winston: WinstonLogger,
    private readonly reporter: ErrorReporter,
    private readonly environment: Environment,
  ) {}

  log(message: unknown, context?: string): void {
    this.write('info', message, context);
  }

  warn(message: unknown, context?: string): void {
    this.write('warn', message, context);
  }

  /** Logs a request that was answered with 4xx. */
  clientError(message: string, context: string): void {
    this.write('warn', message, context, 'client-errors');
  }

  /** Logs an event that has to do with who somebody is; see `SecurityLog`. */
  securityEvent(message: string, level: 'info' | 'warn'): void {
    this.write(level, message, 'Security', 'security');
  }

  debug(message: unknown, context?: string): void {
    this.write('debug', message, context);
  }

  verbose(message: unknown, context?: string): void {
    this.write('verbose', message, context);
  }

  error(message: unknown, stackOrContext?: string, context?: string): void {
    void this.report(asThrown(message), 'error', context ?? stackOrContext);
  }

  fatal(message: unknown, stackOrContext?: string, context?: string): void {
    void this.report(asThrown(message), 'fatal', context ?? stackOrContext);
  }

  /**
   * Logs an error of the server and sees to the mail about it. Never rejects, whatever was thrown, and takes half a second at the
   * longest.
   */
  async report(thrown: unknown, level: 'error' | 'fatal' = 'error', context?: string): Promise<Report> {
    const redactor = redactorFor(requestContext(), this.environment);
    const occurrence = occurrenceOf(thrown, redactor);
    this.writeOccurrence(level, occurrence, redactedContext(context, redactor));
    const isNotified = !isMailing() && (await this.reporter.take(occurrence));
    return { reference: occurrence.reference, isNotified };
  }

  /** A text with the secrets of the current request, and those of the application, hidden. */
  redact(text: string): string {
    return redactorFor(requestContext(), this.environment).redactText(text);
  }

  /** Counts what was reported last, and waits until that is done. Never rejects. */
  flush(): Promise<void> {
    return this.reporter.flush();
  }

  /** Lets go of the log files, which another program may have moved away; the next line makes them anew. */
  reopenFiles(): void {
    for (const transport of this.winston.transports) {
      if (transport instanceof RotatingFile) transport.close();
    }
    this.log('Log files opened anew', 'Microblog');
  }

  private write(level: string, message: unknown, context?: string, channel?: LogChannel): void {
    if (level === 'info' && context && NEST_BOOT.includes(context)) return;
    const request = requestContext();
    const text = typeof message === 'string' ? message : describeThrown(message).message;
    const redactor = redactorFor(request, this.environment);
    this.put(level, request, {
      channel,
      message: redactor.redactText(cutText(text, MESSAGE_LENGTH)),
      context: redactedContext(context, redactor),
      id: request?.id,
      where: whereLogged(),
    });
  }

  private writeOccurrence(
    level: string,
    { error, reference, request }: ErrorOccurrence,
    context?: string,
  ): void {
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

/** What other code logs as an error is one, also when it is only text; its stack begins where it was logged. */
function asThrown(message: unknown): unknown {
  if (typeof message !== 'string') return message;
  const error = Object.assign(new Error(message), { name: 'LoggedError' });
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it says where the stack ends, and is not called
  Error.captureStackTrace(error, Logger.prototype.error);
  return error;
}

/** Of a logger without a name Nest passes the last of the values to log, or a stack, where the name would be. */
function redactedContext(context: unknown, redactor: Redactor): string | undefined {
  return typeof context === 'string' ? redactor.redactText(context) : undefined;
}

/** Secrets are hidden first, so that neither a group nor its title depends on them. */
function occurrenceOf(thrown: unknown, redactor: Redactor): ErrorOccurrence {
  const context = requestContext();
  const error = redactedThrown(describeThrown(thrown), redactor);
  return {
    reference: newReference(),
    at: new Date(),
    ...fingerprint(error),
    error,
    request: context && redactedRequest(context, redactor),
  };
}

function whereLogged(): string | undefined {
  const frame = callerFrame(LOGGING_CODE);
  return frame && `${frame.file}:${frame.line}`;
}

/** An error below its first line: frames, what the database said, and the causes in the same way. */
function errorLines({ frames, details = {}, causes }: ThrownError): string[] {
  return [
    ...Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`),
    ...frames.map(({ function: name, file, line, column }) => `at ${name} (${file}:${line}:${column})`),
    ...causes.flatMap((cause) => [`caused by ${cause.name}: ${cause.message}`, ...errorLines(cause)]),
  ];
}

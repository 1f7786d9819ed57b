import {
  ArgumentsHost,
  Catch,
  ExceptionFilter as NestExceptionFilter,
  HttpException,
  Injectable,
  Logger,
  Optional,
} from '@nestjs/common';
import type { DebugResponse } from '@microblog/debugger';
import type { Request, Response } from 'express';
import { HOME } from '../auth/paths';
import { SignInRequiredError } from '../auth/sign-in-required.error';
import { contextOf } from '../http/request-context';
import { isRead } from '../http/safe-methods';
import { ExpiredFormError, InvalidFormError } from '@microblog/forms';
import { isRolledBack } from '@microblog/unit-of-work';
import { LoggingService } from '../logging/logging.service';
import { ReportedError } from '../logging/reported-error';
import { cutText, errorFormat } from '@microblog/error-report';
import { RedirectException } from '../rendering/redirect-exception';
import { Page, Redirect } from '../rendering/reply';
import { writeHead } from '../rendering/reply.interceptor';
import { SubmissionsService } from '../submissions/submissions.service';
import { AllowedMethods } from './allowed-methods';
import { PublicError, titleFor, problemDocument, toSentences } from './public-error';
import { DebugErrorHandler } from './debug-error-handler';
import { HttpProblem, httpProblem } from './http-problem';
import { PreviewedError } from './error-preview.controller';
import { ErrorRenderer } from './error-renderer';
import { lastResortPage } from './last-resort-page';
import { typedTexts } from './typed-texts';
import { within } from '../timing/within';

/** What a URL is cut to in the log, in characters. */
const URL_LENGTH = 1_500;
/** How long the answer to a fault of the server waits for the page around the form. */
const FORM_PAGE_TIMEOUT_MS = 2_000;
/** Statuses that are about the content of a form. The form is shown again with them. */
const FORM_STATUSES = [413, 422, 429];
/** The response header that carries the reference of the error. */
const REFERENCE_HEADER = 'Error-Reference';

/** Headers that may already be set for the body that would have been sent, such as a file. */
const OF_ANOTHER_BODY = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Length',
  'ETag',
  'Expires',
  'Last-Modified',
  'Location',
];

/** Takes every error of a request, from wherever it comes: reports it, then answers with what fits. Never rejects. */
@Catch()
@Injectable()
export class ExceptionFilter implements NestExceptionFilter {
  private readonly logger = new Logger(ExceptionFilter.name);

  constructor(
    private readonly logging: LoggingService,
    private readonly renderer: ErrorRenderer,
    private readonly allowedMethods: AllowedMethods,
    private readonly submissions: SubmissionsService,
    @Optional() private readonly debugErrorHandler?: DebugErrorHandler,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    let publicError: PublicError | undefined;
    let reported: ReportedError | undefined;
    try {
      const problem = this.problemOf(error, request);
      const redirect =
        redirectOf(error, request) ?? pageInstead(problem, request) ?? (await this.earlierReply(request));
      if (redirect && !response.headersSent) {
        response.send(writeHead(response, redirect));
        return;
      }
      if (problem.isFault) reported = await this.logging.report(error, 'error', ExceptionFilter.name);
      else this.logClientError(error, problem, request);
      publicError = publicErrorOf(problem, reported, request);
      if (response.headersSent) response.destroy();
      else response.send(await this.body(error, publicError, reported, request, response));
    } catch (second) {
      await this.answerAnyway(second, publicError, response);
    }
  }

  /** The error may only be that the same form was saved a moment ago: the name is taken, the post is gone, or the session has ended. */
  private async earlierReply(request: Request): Promise<Redirect | undefined> {
    // If the session could not be read, this could not either, and trying may take as long again.
    if (contextOf(request).sessionFailure) return undefined;
    try {
      return await this.submissions.earlierReply(request);
    } catch {
      // The database is unreachable, which the error itself already says.
      return undefined;
    }
  }

  private async body(
    error: unknown,
    publicError: PublicError,
    reported: ReportedError | undefined,
    request: Request,
    response: Response,
  ): Promise<string> {
    const debugResponse = reported && this.debugResponseTo(error, publicError, reported, request);
    return debugResponse
      ? this.sendDebugResponse(debugResponse, publicError, response)
      : this.answer(readable(error), publicError, request, response);
  }

  /** Answers when building the answer has failed, for example because of an invalid header. */
  private async answerAnyway(
    error: unknown,
    publicError: PublicError | undefined,
    response: Response,
  ): Promise<void> {
    const { reference, isNotified } = await this.logging.report(error, 'error', ExceptionFilter.name);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const facts = httpProblem(error);
    const fallback = { ...facts, headline: titleFor(facts), nothingSaved: false, reference, isNotified };
    response.status(publicError?.status ?? fallback.status).type('html');
    response.set(REFERENCE_HEADER, publicError?.reference ?? reference);
    response.set('Cache-Control', 'no-store').send(lastResortPage(publicError ?? fallback));
  }

  /** If the debugger itself fails, the page for visitors is sent. */
  private debugResponseTo(
    error: unknown,
    publicError: PublicError,
    reported: ReportedError,
    request: Request,
  ): DebugResponse | undefined {
    if (readable(error) instanceof PreviewedError) return undefined;
    try {
      return this.debugErrorHandler?.respond(error, publicError, reported, request);
    } catch (second) {
      this.logger.error(second);
      return undefined;
    }
  }

  private sendDebugResponse(
    { type, body, headers }: DebugResponse,
    publicError: PublicError,
    response: Response,
  ): string {
    response.status(publicError.status).type(type).set(headers);
    setErrorHeaders(publicError, response);
    return body;
  }

  private problemOf(error: unknown, request: Request): HttpProblem {
    const facts = httpProblem(error);
    const allow = facts.status === 404 ? this.allowedMethods.of(request) : [];
    if (allow.length === 0) return facts;
    return httpProblem(
      Object.assign(new HttpException('', 405), { headers: { Allow: allow.join(', ') }, cause: error }),
    );
  }

  private logClientError(error: unknown, problem: HttpProblem, request: Request): void {
    if (error instanceof InvalidFormError) return;
    const url = cutText(request.originalUrl, URL_LENGTH);
    this.logging.clientError(
      `${problem.status} ${request.method} ${url}${brokenLink(problem, request)}`,
      ExceptionFilter.name,
    );
  }

  private async answer(
    error: unknown,
    publicError: PublicError,
    request: Request,
    response: Response,
  ): Promise<string> {
    const { status } = publicError;
    const format = errorFormat(request);
    let body: string;
    if (format === 'html') body = await this.html(error, publicError, request, response);
    else {
      response.status(status).type(format === 'text' ? 'text' : 'application/problem+json');
      body =
        format === 'text'
          ? `${toSentences(publicError).join('\n')}\n`
          : this.problem(error, publicError, request);
    }
    setErrorHeaders(publicError, response);
    return body;
  }

  private problem(error: unknown, publicError: PublicError, { path }: Request): string {
    const errors = error instanceof InvalidFormError ? error.posted.form.messages() : undefined;
    return JSON.stringify(problemDocument(publicError, this.logging.redact(path), errors));
  }

  /** An error while an error is answered is reported too, but must not leave the request unanswered. */
  private async html(
    error: unknown,
    publicError: PublicError,
    request: Request,
    response: Response,
  ): Promise<string> {
    try {
      return writeHead(response, await this.page(error, publicError, request));
    } catch (second) {
      await this.logging.report(second, 'error', ExceptionFilter.name);
      response.status(publicError.status).type('html');
      return lastResortPage({ ...publicError, typed: typedTexts(request) });
    }
  }

  private async page(error: unknown, publicError: PublicError, request: Request): Promise<Page> {
    const isAboutForm =
      FORM_STATUSES.includes(publicError.status) ||
      error instanceof ExpiredFormError ||
      publicError.status >= 500;
    const formPage = isAboutForm ? await this.formPage(error, publicError, request) : undefined;
    if (formPage) return formPage;
    if (error instanceof ExpiredFormError) return this.renderer.expiredPage(publicError, request);
    return this.renderer.errorPage({ ...publicError, typed: typedTexts(request) }, request);
  }

  /** The page of the form may itself be broken or wait for the database. The error page then replaces it. */
  private async formPage(
    error: unknown,
    publicError: PublicError,
    request: Request,
  ): Promise<Page | undefined> {
    try {
      const page = this.renderer.formPage(error, publicError, request);
      if (publicError.status < 500) return await page;
      return await within(FORM_PAGE_TIMEOUT_MS, page);
    } catch (second) {
      if (publicError.status < 500) throw second;
      await this.logging.report(second, 'error', ExceptionFilter.name);
      return undefined;
    }
  }
}

function publicErrorOf(
  problem: HttpProblem,
  reported: ReportedError | undefined,
  request: Request,
): PublicError {
  return {
    ...problem,
    headline: titleFor(problem),
    reference: reported?.reference,
    isNotified: reported?.isNotified ?? false,
    nothingSaved: reported !== undefined && isRolledBack(request),
  };
}

function setErrorHeaders({ headers, reference }: PublicError, response: Response): void {
  for (const name of OF_ANOTHER_BODY) response.removeHeader(name);
  response.set({ ...headers, 'Cache-Control': 'no-store' }).vary('Accept');
  if (reference) response.set(REFERENCE_HEADER, reference);
}

/** Where to go instead; only a browser is sent to sign in. */
function redirectOf(thrown: unknown, request: Request): Redirect | undefined {
  const error = readable(thrown);
  if (error instanceof RedirectException) return error.redirect;
  return error instanceof SignInRequiredError && errorFormat(request) === 'html' ? error.redirect : undefined;
}

/** A browser that asks for the address to which a form was sent, as after a restart, is shown where the form was. */
function pageInstead({ status, headers }: HttpProblem, request: Request): Redirect | undefined {
  const isOtherMethod = status === 405 && headers.Allow !== undefined;
  const isPage = isRead(request) && request.get('Accept')?.includes('text/html');
  return isOtherMethod && isPage ? new Redirect(HOME, 302) : undefined;
}

/** A broken link on this site is ours to repair. */
function brokenLink({ status }: HttpProblem, request: Request): string {
  const referer = request.get('Referer');
  if (status !== 404 || !referer || !URL.canParse(referer)) return '';
  const { host, pathname } = new URL(referer);
  return host === request.host ? `, a broken link on ${pathname}` : '';
}

/** What was thrown, or undefined for an object that throws even when its class is checked. */
function readable(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown : undefined;
  } catch {
    return undefined;
  }
}

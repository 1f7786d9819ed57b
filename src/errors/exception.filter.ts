import {
  ArgumentsHost,
  Catch,
  ExceptionFilter as NestExceptionFilter,
  HttpException,
  Injectable,
  Logger,
  Optional,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOME } from '../auth/next-page';
import { SignInRequired } from '../auth/sign-in-required';
import { isRead } from '../database/safe-methods';
import { ExpiredForm, InvalidForm } from '../forms/form-errors';
import { LoggingService } from '../logging/logging.service';
import { cutText } from '@microblog/error-report';
import { RedirectInstead } from '../rendering/redirect-instead';
import { Page, Redirect } from '../rendering/reply';
import { writeHead } from '../rendering/reply.interceptor';
import { SubmissionsService } from '../submissions/submissions.service';
import { AllowedMethods } from './allowed-methods';
import { ErrorAccount, headlineOf, problemDocument, sentences } from './error-account';
import { DeveloperAnswer, DeveloperTools } from './developer-tools';
import { ErrorFacts, errorFacts } from './error-facts';
import { errorFormat } from './error-format';
import { PreviewedError } from './error-preview.controller';
import { ErrorRenderer } from './error-renderer';
import { lastResortPage } from './last-resort-page';
import { typedTexts } from './typed-texts';

/** What a URL is cut to in the log, in characters. */
const URL_LENGTH = 1_500;
/** How long the answer to a fault of the server waits for the page around the form. */
const FORM_PAGE_TIMEOUT_MS = 2_000;
/** Of what is wrong with a form rather than with who has sent it, or where: the form is shown again. */
const FORM_STATUSES = [413, 422, 429];
/** In which an answer carries the reference of its error. */
const REFERENCE_HEADER = 'Error-Reference';

/** What may be set already about the body that would have been sent, such as a file. */
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
    @Optional() private readonly developerTools?: DeveloperTools,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    let account: ErrorAccount | undefined;
    try {
      const redirect =
        redirectOf(error, request) ?? this.pageInstead(error, request) ?? (await this.earlierReply(request));
      if (redirect && !response.headersSent) {
        response.send(writeHead(response, redirect));
        return;
      }
      account = await this.report(error, this.factsOf(error, request), request);
      if (response.headersSent) response.destroy();
      else response.send(await this.body(error, account, request, response));
    } catch (second) {
      await this.answerAnyway(second, account, response);
    }
  }

  /** A browser that asks for the address to which a form was sent, as after a restart, is shown where the form was. */
  private pageInstead(error: unknown, request: Request): Redirect | undefined {
    const isPage = isRead(request) && request.get('Accept')?.includes('text/html');
    if (!isPage || errorFacts(error).status !== 404 || this.allowedMethods.of(request).length === 0)
      return undefined;
    return new Redirect(HOME, 302);
  }

  /** What went wrong may only be that the same form was saved a moment ago: a taken name, a post that is gone, a session that has ended. */
  private async earlierReply(request: Request): Promise<Redirect | undefined> {
    // Where the session could not be read nothing else can, and asking may take as long again.
    if (request.res?.locals.sessionFailure) return undefined;
    try {
      return await this.submissions.earlierReply(request);
    } catch {
      // The database is away, which the error itself tells.
      return undefined;
    }
  }

  private async body(
    error: unknown,
    account: ErrorAccount,
    request: Request,
    response: Response,
  ): Promise<string> {
    const forDeveloper = this.developerAnswer(error, account, request);
    return forDeveloper
      ? this.answerDeveloper(forDeveloper, account, response)
      : this.answer(readable(error), account, request, response);
  }

  /** Answers after the answer itself has failed, such as with a header that no response can have. */
  private async answerAnyway(
    error: unknown,
    account: ErrorAccount | undefined,
    response: Response,
  ): Promise<void> {
    const report = await this.logging.report(error, 'error', ExceptionFilter.name);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const facts = errorFacts(error);
    const fallback = { ...facts, headline: headlineOf(facts), nothingSaved: false, ...report };
    response.status(account?.status ?? fallback.status).type('html');
    if (account?.reference ?? report.reference) {
      response.set(REFERENCE_HEADER, account?.reference ?? report.reference);
    }
    response.set('Cache-Control', 'no-store').send(lastResortPage(account ?? fallback));
  }

  /** What goes wrong in the tools leaves the page that visitors see. */
  private developerAnswer(
    error: unknown,
    account: ErrorAccount,
    request: Request,
  ): DeveloperAnswer | undefined {
    if (!account.isFault || readable(error) instanceof PreviewedError) return undefined;
    try {
      return this.developerTools?.answer(error, account, request);
    } catch (second) {
      this.logger.error(second);
      return undefined;
    }
  }

  private answerDeveloper(
    { type, body, headers }: DeveloperAnswer,
    account: ErrorAccount,
    response: Response,
  ): string {
    response.status(account.status).type(type).set(headers);
    setErrorHeaders(account, response);
    return body;
  }

  private factsOf(error: unknown, request: Request): ErrorFacts {
    const facts = errorFacts(error);
    const allow = facts.status === 404 ? this.allowedMethods.of(request) : [];
    if (allow.length === 0) return facts;
    return errorFacts(
      Object.assign(new HttpException('', 405), { headers: { Allow: allow.join(', ') }, cause: error }),
    );
  }

  private async report(error: unknown, facts: ErrorFacts, request: Request): Promise<ErrorAccount> {
    const account = { ...facts, headline: headlineOf(facts), isNotified: false, nothingSaved: false };
    if (!facts.isFault) {
      if (!(error instanceof InvalidForm))
        this.logging.clientError(
          `${facts.status} ${request.method} ${cutText(request.originalUrl, URL_LENGTH)}${brokenLink(facts, request)}`,
          ExceptionFilter.name,
        );
      return account;
    }
    const report = await this.logging.report(error, 'error', ExceptionFilter.name);
    return { ...account, ...report, nothingSaved: request.isRolledBack === true };
  }

  private async answer(
    error: unknown,
    account: ErrorAccount,
    request: Request,
    response: Response,
  ): Promise<string> {
    const { status } = account;
    const format = errorFormat(request);
    let body: string;
    if (format === 'html') body = await this.html(error, account, request, response);
    else {
      response.status(status).type(format === 'text' ? 'text' : 'application/problem+json');
      body = format === 'text' ? `${sentences(account).join('\n')}\n` : this.problem(account, request);
    }
    setErrorHeaders(account, response);
    return body;
  }

  private problem(account: ErrorAccount, { path, postedForm }: Request): string {
    return JSON.stringify(problemDocument(account, this.logging.redact(path), postedForm?.messages()));
  }

  /** What goes wrong while an error is answered is an error too, but it must not leave the request unanswered. */
  private async html(
    error: unknown,
    account: ErrorAccount,
    request: Request,
    response: Response,
  ): Promise<string> {
    try {
      return writeHead(response, await this.page(error, account, request));
    } catch (second) {
      await this.logging.report(second, 'error', ExceptionFilter.name);
      response.status(account.status).type('html');
      return lastResortPage({ ...account, typed: typedTexts(request) });
    }
  }

  private async page(error: unknown, account: ErrorAccount, request: Request): Promise<Page> {
    const isAboutForm =
      FORM_STATUSES.includes(account.status) || error instanceof ExpiredForm || account.status >= 500;
    const formPage = isAboutForm ? await this.formPage(error, account, request) : undefined;
    if (formPage) return formPage;
    if (error instanceof ExpiredForm) return this.renderer.expiredPage(account, request);
    return this.renderer.errorPage({ ...account, typed: typedTexts(request) }, request);
  }

  /** The page around a form may be what is broken, or what waits for the database; the error page says the same without it. */
  private async formPage(error: unknown, account: ErrorAccount, request: Request): Promise<Page | undefined> {
    try {
      const page = this.renderer.formPage(error, account, request);
      if (account.status < 500) return await page;
      return await Promise.race([page, sleep(FORM_PAGE_TIMEOUT_MS, undefined, { ref: false })]);
    } catch (second) {
      if (account.status < 500) throw second;
      await this.logging.report(second, 'error', ExceptionFilter.name);
      return undefined;
    }
  }
}

function setErrorHeaders({ headers, reference }: ErrorAccount, response: Response): void {
  for (const name of OF_ANOTHER_BODY) response.removeHeader(name);
  response.set({ ...headers, 'Cache-Control': 'no-store' }).vary('Accept');
  if (reference) response.set(REFERENCE_HEADER, reference);
}

/** Where to go instead; only a browser is sent to sign in. */
function redirectOf(thrown: unknown, request: Request): Redirect | undefined {
  const error = readable(thrown);
  if (error instanceof RedirectInstead) return error.redirect;
  return error instanceof SignInRequired && errorFormat(request) === 'html' ? error.redirect : undefined;
}

/** A page of this site that leads nowhere is ours to mend. */
function brokenLink({ status }: ErrorFacts, request: Request): string {
  const referer = request.get('Referer');
  if (status !== 404 || !referer || !URL.canParse(referer)) return '';
  const { host, pathname } = new URL(referer);
  return host === request.host ? `, a broken link on ${pathname}` : '';
}

/** What was thrown, unless it is made so that not even its class can be asked for. */
function readable(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown : undefined;
  } catch {
    return undefined;
  }
}

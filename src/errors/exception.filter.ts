import {
  ArgumentsHost,
  Catch,
  ExceptionFilter as NestExceptionFilter,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { FieldError, InvalidForm } from '../forms/form-errors';
import { RedirectInstead } from '../rendering/redirect-instead';
import { Renderer } from '../rendering/renderer';
import { Page, Redirect, View } from '../rendering/reply';
import { writeHead } from '../rendering/reply.interceptor';
import { errorReply } from './error-reply';
import { LAST_RESORT_PAGE } from './last-resort-page';

/** Takes every error of a request, from wherever it comes: reports it, and answers with the page that fits. */
@Catch()
@Injectable()
export class ExceptionFilter implements NestExceptionFilter {
  private readonly logger = new Logger(ExceptionFilter.name);

  constructor(private readonly renderer: Renderer) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    this.report(error, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.send(await this.answer(error, request, response));
  }

  private report(error: unknown, { method, path }: Request): void {
    if (error instanceof InvalidForm || error instanceof RedirectInstead) return;
    const { status, message } = errorReply(error);
    if (status >= 500) this.logger.error(asError(error));
    else this.logger.warn(`${status} ${method} ${path}: ${message}`);
  }

  /** Nothing that goes wrong here may reach Nest: the request would never be answered. */
  private async answer(error: unknown, request: Request, response: Response): Promise<string> {
    try {
      return writeHead(response, await this.reply(error, request, response));
    } catch (second) {
      this.logger.error(asError(second));
      response.status(500).type('html').set('Cache-Control', 'no-store');
      return LAST_RESORT_PAGE;
    }
  }

  private async reply(error: unknown, request: Request, response: Response): Promise<Page | Redirect> {
    if (error instanceof RedirectInstead) return error.redirect;
    if (error instanceof InvalidForm && request.postedForm) {
      const { page, form } = request.postedForm;
      if (error instanceof FieldError) form.addError(error.field, error.message);
      const view = await page.view(form, request);
      return this.renderer.render(new View(view.template, view.data, error.getStatus()), request);
    }
    const { status, headers, message } = errorReply(error);
    response.set(headers);
    const data = { status, title: STATUS_CODES[status], message };
    return this.renderer.render(new View(errorTemplate(status), data, status), request);
  }
}

function errorTemplate(status: number): string {
  if (status === 404) return 'errors/404';
  return status < 500 ? 'errors/4xx' : 'errors/5xx';
}

/** Anything can be thrown; a log needs an error. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error('Something that is not an error was thrown', { cause: thrown });
}

import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FieldError } from '../forms/form-errors';
import { postedForm } from '../forms/posted-form';
import { Renderer } from '../rendering/renderer';
import { Page, View } from '../rendering/reply';
import { ErrorAccount, sentences } from './error-account';

/** Makes the page that answers an error: the form it happened to, with what was typed, else an error page. */
@Injectable()
export class ErrorRenderer {
  constructor(private readonly renderer: Renderer) {}

  /** @throws Error when the layout or the template is broken, or when it is not known who the page would be for */
  errorPage(account: ErrorAccount, request: Request): Page {
    if (request.res?.locals.sessionIsUnknown) {
      throw new Error('The session could not be read, so that the layout cannot be shown');
    }
    const { status } = account;
    const names = [`errors/${status}`, `errors/${status < 500 ? '4xx' : '5xx'}`];
    const template = names.find((name) => this.renderer.has(name)) ?? 'errors/5xx';
    return this.renderer.render(new View(template, { ...account }, status), request);
  }

  /**
   * The page of the form that was posted, or undefined where none was, or where it cannot be shown to who has sent it.
   *
   * @throws Error when the page or what is on it is broken
   */
  async formPage(error: unknown, account: ErrorAccount, request: Request): Promise<Page | undefined> {
    const { formPage } = request;
    const form = postedForm(request);
    if (!formPage || !form) return undefined;
    if (error instanceof FieldError) form.addError(error.field, error.message);
    else if (form.isValid) for (const message of formMessages(account)) form.addError(undefined, message);
    const view = await formPage.view(form, request);
    return this.renderer.render(new View(view.template, view.data, account.status), request);
  }
}

function formMessages(account: ErrorAccount): string[] {
  return account.status < 500 ? [account.detail] : sentences(account);
}

import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { fillForm } from './fill-form';
import { Form } from './form';
import { languageOfRequest } from './translations/languages';
import type { Translatable } from './translations/message';
import { DeclaredFormPage, FormPage, newDto } from './page';

/** A page whose form was posted. `View` is what the page's `view` returns. */
export class PostedFormPage<View = unknown> {
  #form?: Form<object>;

  constructor(
    readonly page: FormPage<object, View>,
    private readonly request: Request,
  ) {}

  /** The form as it was typed, filled when it is first asked for. */
  get form(): Form<object> {
    this.#form ??= fillForm(newDto(this.page, this.request), this.sent, {
      isJson: Boolean(this.request.is('json')),
      language: languageOfRequest(this.request),
    });
    return this.#form;
  }

  /** A form of search is sent in the URL. */
  private get sent(): unknown {
    const { method, query } = this.request;
    return method === 'GET' || method === 'HEAD' ? query : (this.request.body as unknown);
  }

  /**
   * The page with what was typed and what is wrong.
   *
   * @param messages shown above the form where its own check found nothing wrong; those of this package's errors in its language
   * @throws whatever the page throws
   */
  async show(messages: readonly (string | Error | Translatable)[] = []): Promise<View> {
    const { form } = this;
    if (form.isValid) for (const message of messages) form.addError(undefined, saidBy(message));
    return this.page.view(form, this.request);
  }
}

function saidBy(message: string | Error | Translatable): string | Translatable {
  return typeof message === 'string' || 'text' in message ? message : message.message;
}

const POSTED = new WeakMap<Request, PostedFormPage>();

/** The page whose form the request has posted, or undefined where its handler takes none; set before a guard can refuse the request. */
export function postedFormPage<View>(request: Request): PostedFormPage<View> | undefined {
  return POSTED.get(request) as PostedFormPage<View> | undefined;
}

export function setPostedFormPage(request: Request, page: FormPage<object>): void {
  POSTED.set(request, new PostedFormPage(page, request));
}

/** @throws Error where no module provides it */
export function resolveFormPage(page: DeclaredFormPage, moduleRef: ModuleRef): FormPage<object> {
  return typeof page === 'function' ? moduleRef.get(page, { strict: false }) : page;
}

import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { fillForm } from './fill-form';
import { Form } from './form';
import { isRecord, sentUnder } from './sent-values';
import { DeclaredFormPage, FormPage, isLoaded, loadDto, newDto } from './page';
import { languageOfRequest } from './translations/languages';
import type { Translatable } from './translations/message';

/** A page whose form was posted. `View` is what the page's `view` returns. */
export class PostedFormPage<View = unknown> {
  #form?: Form<object>;
  #loaded?: () => object;

  constructor(
    readonly page: FormPage<object, View>,
    private readonly request: Request,
  ) {}

  /** The form as it was typed, filled when it is first asked for. */
  get form(): Form<object> {
    const { prefix } = this.page;
    const { sent } = this;
    this.#form ??= fillForm(
      this.dto,
      prefix === undefined || !isRecord(sent) ? sent : sentUnder(sent, prefix),
      {
        isJson: Boolean(this.request.is('json')),
        language: languageOfRequest(this.request),
        prefix: prefix === undefined ? '' : `${prefix}.`,
      },
    );
    return this.#form;
  }

  /**
   * Waits for what the page loads. Where that fails the request goes on: it may be refused for another reason, and fails when the form is
   * asked for.
   */
  async load(): Promise<void> {
    if (!isLoaded(this.page)) return;
    try {
      const dto = await loadDto(this.page, this.request);
      this.#loaded = () => dto;
    } catch (error) {
      this.#loaded = () => {
        throw error;
      };
    }
  }

  private get dto(): object {
    return this.#loaded ? this.#loaded() : newDto(this.page, this.request);
  }

  /** A form of search is sent in the URL. */
  private get sent(): unknown {
    const { method, query } = this.request;
    return method === 'GET' || method === 'HEAD' ? query : (this.request.body as unknown);
  }

  /**
   * The page with what was typed and what is wrong.
   *
   * @param messages shown above the form where its own check found nothing wrong; not above one whose list was made longer or shorter; those of this package's errors in its language
   * @throws whatever the page throws
   */
  async show(messages: readonly (string | Error | Translatable)[] = []): Promise<View> {
    const { form } = this;
    if (form.isValid && !form.isResized)
      for (const message of messages) form.addError(undefined, saidBy(message));
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

export async function setPostedFormPage(request: Request, page: FormPage<object>): Promise<void> {
  const posted = new PostedFormPage(page, request);
  POSTED.set(request, posted);
  await posted.load();
}

/** @throws Error where no module provides it */
export function resolveFormPage(page: DeclaredFormPage, moduleRef: ModuleRef): FormPage<object> {
  return typeof page === 'function' ? moduleRef.get(page, { strict: false }) : page;
}

import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ExpiredFormError, PostedFormPage, postedFormPage, showForm } from '@microblog/forms';
import { contextOf } from '../http/request-context';
import { Renderer } from '../rendering/renderer';
import { Page, View } from '../rendering/reply';
import { isSecretName } from '@microblog/error-report';
import { SUBMISSION_KEY_FIELD, SubmissionKeys } from '../submissions/submission-keys';
import { PublicError, toSentences } from './public-error';

/** Made anew with each form. */
const OWN_FIELDS = ['csrf_token', SUBMISSION_KEY_FIELD];

/** Makes the page that answers an error: the form it happened to, with what was typed, else an error page. */
@Injectable()
export class ErrorRenderer {
  constructor(
    private readonly renderer: Renderer,
    private readonly submissionKeys: SubmissionKeys,
  ) {}

  /** @throws Error when the layout or the template is broken, or when it is not known who the page would be for */
  errorPage(publicError: PublicError, request: Request): Page {
    const cause = contextOf(request).sessionFailure;
    if (cause)
      throw new Error('The session could not be read, so that the layout cannot be shown', { cause });
    const { status } = publicError;
    const names = [`errors/${status}`, `errors/${status < 500 ? '4xx' : '5xx'}`];
    const template = names.find((name) => this.renderer.has(name)) ?? 'errors/5xx';
    return this.renderer.render(new View(template, { ...publicError }, status), request);
  }

  /** For a form that has no page, such as a button: the same form again. */
  expiredPage(publicError: PublicError, request: Request): Page {
    const fields = Object.entries((request.body ?? {}) as object)
      .filter(
        ([name, value]) => typeof value === 'string' && !OWN_FIELDS.includes(name) && !isSecretName(name),
      )
      .map(([name, value]: [string, unknown]) => ({ name, value }));
    const data = { ...publicError, action: request.originalUrl, fields };
    return this.renderer.render(new View('errors/send_again', data, publicError.status), request);
  }

  /**
   * The page of the form that was posted, or undefined where none was, or where it cannot be shown to who has sent it.
   *
   * @throws Error when the page or what is on it is broken
   */
  async formPage(error: unknown, publicError: PublicError, request: Request): Promise<Page | undefined> {
    const posted = postedFormPage<View>(request);
    if (!posted) return undefined;
    const isBlank = error instanceof ExpiredFormError && this.isOfSomebodyElse(request);
    const view = await (isBlank ? blankForm(posted, request) : posted.show(formMessages(publicError)));
    return this.renderer.render(view.withStatus(publicError.status), request);
  }

  /** Whether the form was made for another person, who was signed in here before. */
  private isOfSomebodyElse(request: Request): boolean {
    const key = this.submissionKeys.read(request.body);
    return key !== undefined && key.userId !== contextOf(request).userId;
  }
}

/** The form without anything that somebody else typed into it. */
function blankForm({ page }: PostedFormPage<View>, request: Request): Promise<View> {
  const message = 'This form was opened when somebody else was signed in here. Nothing was sent.';
  return showForm(page, request, { message });
}

function formMessages(publicError: PublicError): string[] {
  return publicError.isFault ? toSentences(publicError) : [publicError.detail];
}

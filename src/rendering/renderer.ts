import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { readCookie } from '../http/cookies';
import { contextOf } from '../http/request-context';
import { flashFrom } from './flash';
import { FLASH_COOKIE, Page, View } from './reply';
import { TemplateEngine } from './template-engine';

/** Turns a {@link View} into a {@link Page}, with what every page has: who is signed in, the waiting flash message. */
@Injectable()
export class Renderer {
  constructor(private readonly engine: TemplateEngine) {}

  /** Whether there is a template of that name. */
  has(template: string): boolean {
    return this.engine.has(template);
  }

  /** @throws Error when the template is missing or fails */
  render(view: View, request: Request): Page {
    const { session, csrfToken, submissionKey } = contextOf(request);
    const flash = readCookie(request, FLASH_COOKIE);
    const html = this.engine.render(view.template, {
      // The debugger sets the address of its script there.
      ...request.res?.locals,
      user: session?.user,
      csrf_token: csrfToken,
      submission_key: submissionKey,
      path: request.path,
      flash: flash && flashFrom(flash),
      ...view.data,
    });
    const page = new Page(html, view.status);
    page.cookies.push(...view.cookies);
    return flash ? page.withCookie({ name: FLASH_COOKIE, value: undefined }) : page;
  }
}

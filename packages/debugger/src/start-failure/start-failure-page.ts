import type { Request, Response } from 'express';
import { errorFormat, acceptsAnything } from '@microblog/error-report';
import { CompileState } from '../compilation/compile-error-page';
import { STRICT_POLICY } from '../content-security-policy';
import { DebuggerTemplates } from '../pages/debugger-templates';
import { StartFailure } from './start-failure';

/** For a client that may not see the cause. */
export const WITHOUT_CAUSE: StartFailure = {
  message: 'The terminal says why.',
  isSetting: false,
  errors: [],
};

/** Answers every request while the application does not start. */
export class StartFailurePage {
  private readonly templates = new DebuggerTemplates();
  private readonly title: string;

  /** @param settingsHint says where settings are changed */
  constructor(
    private readonly application: string,
    private readonly settingsHint: string,
  ) {
    this.title = `${application} does not start`;
  }

  send(failure: StartFailure, state: CompileState, request: Request, response: Response): void {
    const { application, settingsHint, title } = this;
    response.status(503).vary('Accept');
    response.set({
      'Content-Security-Policy': STRICT_POLICY,
      'Cache-Control': 'no-store',
      'Retry-After': '1',
    });
    switch (acceptsAnything(request) ? 'text' : errorFormat(request)) {
      case 'html':
        response
          .type('html')
          .send(
            this.templates.render('start-error', { application, settingsHint, title, ...state, ...failure }),
          );
        return;
      case 'problem':
        response
          .type('application/problem+json')
          .send(JSON.stringify({ type: 'about:blank', status: 503, title, detail: failure.message }));
        return;
      default:
        response.type('text').send(textOf(title, failure));
    }
  }
}

function textOf(title: string, { message, errors }: StartFailure): string {
  const places = errors.flatMap(({ title: cause, places }) => [
    ...(cause === message ? [] : ['', cause]),
    ...places.flatMap(({ function: name, place, source }) => ['', `${name} (${place})`, source]),
  ]);
  return [`${title}: ${message}`, ...places, ''].join('\n');
}

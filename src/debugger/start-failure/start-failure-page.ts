import type { Request, Response } from 'express';
import { errorFormat, takesAnything } from '../../errors/error-format';
import { CompileState } from '../compilation/compile-error-page';
import { STRICT_POLICY } from '../content-security-policy';
import { DebuggerTemplates } from '../pages/debugger-templates';
import { StartFailure } from './start-failure';

const TITLE = 'Microblog does not start';

/** What whoever may not see the cause is told. */
export const WITHOUT_CAUSE: StartFailure = {
  message: 'The terminal says why.',
  isSetting: false,
  errors: [],
};

/** Answers every request while the application does not start. */
export class StartFailurePage {
  private readonly templates = new DebuggerTemplates();

  send(failure: StartFailure, state: CompileState, request: Request, response: Response): void {
    response.status(503).vary('Accept');
    response.set({
      'Content-Security-Policy': STRICT_POLICY,
      'Cache-Control': 'no-store',
      'Retry-After': '1',
    });
    switch (takesAnything(request) ? 'text' : errorFormat(request)) {
      case 'html':
        response
          .type('html')
          .send(this.templates.render('start-error', { title: TITLE, ...state, ...failure }));
        return;
      case 'problem':
        response
          .type('application/problem+json')
          .send(JSON.stringify({ type: 'about:blank', status: 503, title: TITLE, detail: failure.message }));
        return;
      default:
        response.type('text').send(textOf(failure));
    }
  }
}

function textOf({ message, errors }: StartFailure): string {
  const places = errors.flatMap(({ title, places }) => [
    ...(title === message ? [] : ['', title]),
    ...places.flatMap(({ function: name, place, source }) => ['', `${name} (${place})`, source]),
  ]);
  return [`${TITLE}: ${message}`, ...places, ''].join('\n');
}

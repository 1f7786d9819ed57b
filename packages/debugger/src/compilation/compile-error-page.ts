import type { Request, Response } from 'express';
import { errorFormat, acceptsAnything } from '@microblog/error-report';
import { STRICT_POLICY } from '../content-security-policy';
import { DebuggerTemplates } from '../pages/debugger-templates';
import { CompileFailure } from './compile-failure';

/** What open pages are told. */
export interface CompileState {
  /** Different for each process. */
  readonly process: string;
  /** Different for each change. */
  readonly version: number;
  readonly failing: boolean;
  readonly files: readonly string[];
}

/** Whether a request is for a page to look at, rather than for a part of one, or data for its script. */
export function wantsPage(request: Request, pathsWithoutPages: readonly string[] = []): boolean {
  const isElsewhere = ['/_debugger', ...pathsWithoutPages].some(
    (path) => request.path === path || request.path.startsWith(`${path}/`),
  );
  if (!['GET', 'HEAD'].includes(request.method) || isElsewhere) return false;
  const mode = request.get('Sec-Fetch-Mode');
  if (mode) return mode === 'navigate';
  // What an old browser's images and scripts accept is none of these, or everything after something else.
  return acceptsAnything(request) || /text\/html|text\/plain|json/.test(request.get('Accept') ?? '');
}

/** Shown in the place of any page while something does not compile. */
export class CompileErrorPage {
  private readonly templates = new DebuggerTemplates();

  constructor(private readonly application: string) {}

  send(state: CompileState, failures: readonly CompileFailure[], request: Request, response: Response): void {
    response.status(500).set({ 'Content-Security-Policy': STRICT_POLICY, 'Cache-Control': 'no-store' });
    response.vary('Accept').vary('Sec-Fetch-Mode');
    const title = titleOf(failures);
    // As plain text, for clients such as curl.
    switch (acceptsAnything(request) ? 'text' : errorFormat(request)) {
      case 'html':
        response.type('html').send(
          this.templates.render('compile-error', {
            application: this.application,
            title,
            ...state,
            failures,
          }),
        );
        return;
      case 'problem':
        response
          .type('application/problem+json')
          .send(JSON.stringify({ type: 'about:blank', status: 500, title, failures }));
        return;
      default:
        response.type('text').send(textOf(failures));
    }
  }
}

function titleOf([first, ...others]: readonly CompileFailure[]): string {
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `Does not compile: ${first?.file}:${first?.line}${more}`;
}

function textOf(failures: readonly CompileFailure[]): string {
  return failures
    .map(
      ({ file, line, column, message, frame }) =>
        `${file}:${line}:${column} does not compile: ${message}\n${frame ? `\n${frame}\n` : ''}`,
    )
    .join('\n');
}

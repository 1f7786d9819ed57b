import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { DeveloperAnswer, DeveloperTools } from '../errors/developer-tools';
import { ErrorAccount, problemDocument } from '../errors/error-account';
import { preferredType, takesAnything } from '../errors/error-format';
import { DebuggerAccess } from './access/debugger-access';
import { Compilation } from './compilation/compilation';
import { DEBUGGER_POLICY } from './content-security-policy';
import { DebuggerRoutes } from './debugger-routes';
import { LiveFrames } from './frames/live-frames';
import { DebuggerPages } from './pages/debugger-pages';
import { Traceback } from './traceback';
import { TracebackBuilder } from './traceback-builder';

const STACK_LENGTH = 50;

/** The debugger in the browser: answers errors with their causes, and serves its own pages to developers on this machine. */
@Injectable()
export class Debugger extends DeveloperTools implements OnApplicationBootstrap {
  readonly middleware: RequestHandler;

  constructor(
    private readonly access: DebuggerAccess,
    private readonly tracebacks: TracebackBuilder,
    private readonly pages: DebuggerPages,
    private readonly liveFrames: LiveFrames,
    private readonly compilation: Compilation,
    private readonly routes: DebuggerRoutes,
  ) {
    super();
    this.middleware = routes.router();
  }

  onApplicationBootstrap(): void {
    // Of ten, as V8 has it, a template that a layout shows takes all: between its calls are those of Handlebars.
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, STACK_LENGTH);
    this.liveFrames.open();
    this.compilation.watch();
  }

  announce(address: string): void {
    this.access.printBanner(address);
  }

  /** Whoever may see nothing of it gets what visitors get, or in a browser a page that asks for the PIN. */
  answer(error: unknown, account: ErrorAccount, request: Request): DeveloperAnswer | undefined {
    if (!this.access.admits(request)) return undefined;
    const type = typeFor(request);
    const mayView = this.access.mayView(request);
    if (!mayView) this.access.explainLock(request);
    if (!mayView && type !== 'text/html') return undefined;
    const kept = this.tracebacks.build(error, account, request);
    const body =
      type === 'text/html'
        ? this.routes.errorPage(kept, request)
        : this.text(type, kept.account.shareable, account);
    return { type, body, headers: { 'Content-Security-Policy': DEBUGGER_POLICY } };
  }

  private text(type: AnswerType, traceback: Traceback, account: ErrorAccount): string {
    if (type === 'text/markdown') return this.pages.markdown(traceback);
    if (type === 'text/plain') return this.pages.plainText(traceback);
    return JSON.stringify({ ...problemDocument(account, traceback.request.url), traceback });
  }
}

const TYPES = ['text/html', 'text/markdown', 'application/problem+json', 'text/plain'] as const;
type AnswerType = (typeof TYPES)[number];

/** Text for who takes anything, and none of these. */
function typeFor(request: Request): AnswerType {
  const best = takesAnything(request) ? undefined : preferredType(request, [...TYPES, 'application/json']);
  return best === 'application/json' ? 'application/problem+json' : (best ?? 'text/plain');
}

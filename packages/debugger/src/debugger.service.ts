import { Inject, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { acceptsAnything, preferredType } from '@microblog/error-report';
import type { Request, RequestHandler } from 'express';
import { DebuggerAccess } from './access/debugger-access';
import { Compilation } from './compilation/compilation';
import { debuggerPolicy } from './content-security-policy';
import { DebuggerRoutes } from './debugger-routes';
import { ErrorDetails } from './error-details';
import { LiveFrames } from './frames/live-frames';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { DebuggerPages } from './pages/debugger-pages';
import { Traceback } from './traceback';
import { TracebackBuilder } from './traceback-builder';

const STACK_TRACE_LIMIT = 50;

/** A response to an error, for a developer. */
export interface DebugResponse {
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The debugger in the browser: responds to errors with their causes, and serves its own pages to developers on this machine. */
@Injectable()
export class DebuggerService implements OnApplicationBootstrap {
  /**
   * Serves the debugger's own pages and stands in for every page while something does not compile. It must come before all middleware that
   * may be what is broken. It sets `response.locals.debuggerScript`, the address of a script that loads a page again once it is out of
   * date, for the layout of the application.
   */
  readonly middleware: RequestHandler;

  constructor(
    @Inject(DEBUGGER_OPTIONS) private readonly options: DebuggerOptions,
    private readonly access: DebuggerAccess,
    private readonly tracebacks: TracebackBuilder,
    private readonly pages: DebuggerPages,
    private readonly liveFrames: LiveFrames,
    private readonly compilation: Compilation,
    private readonly routes: DebuggerRoutes,
  ) {
    this.middleware = routes.router();
  }

  onApplicationBootstrap(): void {
    // V8 keeps ten calls, and a template in a layout already takes that many, with those of Handlebars.
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, STACK_TRACE_LIMIT);
    this.liveFrames.open();
    this.compilation.watch();
  }

  /** Prints where the debugger is, and its PIN. @param address of the application, such as `http://localhost:3000` */
  printBanner(address: string): void {
    this.access.printBanner(address);
  }

  /**
   * @returns undefined for a client that may not see the error: send what visitors get. A browser that is not certain to be the developer's gets
   * a page that asks for the PIN.
   */
  respond(error: unknown, details: ErrorDetails, request: Request): DebugResponse | undefined {
    if (!this.access.allows(request)) return undefined;
    const type = typeFor(request);
    const mayView = this.access.mayView(request);
    if (!mayView) this.access.explainLock(request);
    if (!mayView && type !== 'text/html') return undefined;
    const recent = this.tracebacks.build(error, details, request);
    const body =
      type === 'text/html'
        ? this.routes.errorPage(recent, request)
        : this.text(type, recent.tracebacks.shareable, details.problem);
    return { type, body, headers: { 'Content-Security-Policy': debuggerPolicy(this.options) } };
  }

  private text(type: ResponseType, traceback: Traceback, problem?: object): string {
    if (type === 'text/markdown') return this.pages.markdown(traceback);
    if (type === 'text/plain') return this.pages.plainText(traceback);
    return JSON.stringify({ ...problem, traceback });
  }
}

const TYPES = ['text/html', 'text/markdown', 'application/problem+json', 'text/plain'] as const;
type ResponseType = (typeof TYPES)[number];

/** Text for a client that accepts anything, or none of these. */
function typeFor(request: Request): ResponseType {
  const best = acceptsAnything(request) ? undefined : preferredType(request, [...TYPES, 'application/json']);
  return best === 'application/json' ? 'application/problem+json' : (best ?? 'text/plain');
}

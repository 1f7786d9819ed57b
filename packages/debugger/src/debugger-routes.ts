import { Inject, Injectable } from '@nestjs/common';
import { NextFunction, Request, RequestHandler, Response, Router, json } from 'express';
import { isSafe } from './safe-methods';
import { DebuggerAccess } from './access/debugger-access';
import { ApplicationConsole } from './application-console';
import { Compilation } from './compilation/compilation';
import { Console } from './console/console';
import { debuggerPolicy } from './content-security-policy';
import { ValueInspector } from './value-inspector';
import { DEBUGGER_OPTIONS, DebuggerOptions } from './options';
import { RecentError, RecentErrors } from './recent-errors';
import { DebuggerPages, PageOptions } from './pages/debugger-pages';

/** Where `/_debugger/…` leads. Nothing of it needs a session or the database, which may be what is broken. */
@Injectable()
export class DebuggerRoutes {
  /** Every path that the debugger serves itself. */
  readonly tools = Router();

  constructor(
    @Inject(DEBUGGER_OPTIONS) private readonly options: DebuggerOptions,
    private readonly access: DebuggerAccess,
    private readonly pages: DebuggerPages,
    private readonly errors: RecentErrors,
    private readonly application: ApplicationConsole,
    private readonly compilation: Compilation,
  ) {}

  private readonly strictHeaders: RequestHandler = (_request, response, next) => {
    response.set({ 'Content-Security-Policy': debuggerPolicy(this.options), 'Cache-Control': 'no-store' });
    next();
  };

  router(): RequestHandler {
    const { access, compilation, tools } = this;
    tools.use(access.checkOrigin, this.strictHeaders);
    tools.get('/_debugger/assets/:name', (request, response) => this.sendAsset(request, response));
    tools.get('/_debugger/events', (request, response, next) =>
      access.mayView(request)
        ? compilation.events(request, response, next)
        : compilation.eventsForStrangers(request, response, next),
    );
    tools.get(/^\/_debugger\/errors\/([^/]+)\.md$/, access.checkView, (request, response) =>
      this.sendMarkdown(request, response),
    );
    tools.get('/_debugger/errors/:id', (request, response) => this.sendErrorPage(request, response));
    tools.get('/console', (request, response) => this.sendConsole(request, response));
    tools.post('/_debugger/*path', access.checkSecret, json({ limit: '1mb' }));
    tools.post('/_debugger/pin', access.enterPin);
    // From one value to the next, everything in the process can be reached.
    tools.post('/_debugger/errors/:id/values/:handle', access.checkPin, (request, response) =>
      this.expand(this.errorOf(request)?.values, request, response),
    );
    tools.post('/_debugger/errors/:id/frames/:number/locals', access.checkPin, (request, response) =>
      this.sendLocals(request, response),
    );
    tools.post('/_debugger/console/values/:handle', access.checkPin, (request, response) =>
      this.expand(this.application.values, request, response),
    );
    tools.post('/_debugger/errors/:id/frames/:number/evaluate', access.checkPin, (request, response) =>
      this.evaluate(this.errorOf(request)?.console(numberIn(request, 'number')), request, response),
    );
    tools.post('/_debugger/console/evaluate', access.checkPin, (request, response) =>
      this.evaluate(this.application.console, request, response),
    );
    tools.use((_request, response) => notThere(response));
    return (request, response, next) => {
      if (/^\/(?:console|_debugger\/.*)$/.test(request.path)) tools(request, response, next);
      else if (access.denialFor(request)) next();
      else this.passUnlessBroken(request, response, next).catch(next);
    };
  }

  /** The page of an error that is kept, or what stands in its place where it may not be seen. */
  errorPage({ id, tracebacks }: RecentError, request: Request): string {
    const { access, pages } = this;
    if (!tracebacks || !access.mayView(request)) {
      return pages.lockedPage({
        ...this.pageOptions(request),
        headline: 'An unexpected error has occurred',
        path: isSafe(request) ? undefined : `/_debugger/errors/${id}`,
      });
    }
    const isUnlocked = access.isUnlocked(request);
    return pages.tracebackPage(
      isUnlocked ? tracebacks.traceback : tracebacks.shareable,
      this.pageOptions(request),
    );
  }

  /** A page about what does not compile has source in it. */
  private async passUnlessBroken(request: Request, response: Response, next: NextFunction): Promise<void> {
    const { access, compilation } = this;
    if (compilation.wantsPage(request) && (await compilation.isFailing()) && !access.mayView(request))
      this.sendLocked(request, response, 'Something does not compile');
    else compilation.middleware(request, response, next);
  }

  private errorOf({ params }: Request): RecentError | undefined {
    return this.errors.get(String(params.id));
  }

  private sendAsset({ params }: Request, response: Response): void {
    const asset = this.pages.asset(String(params.name));
    if (asset) response.type(asset.type).send(asset.body);
    else notThere(response);
  }

  private sendMarkdown({ params }: Request, response: Response): void {
    const tracebacks = this.errors.get(String(params[0]))?.tracebacks;
    if (tracebacks) response.type('text/markdown').send(this.pages.markdown(tracebacks.shareable));
    else notThere(response);
  }

  /** For an error that answered a form, where reloading would send the form again. */
  private sendErrorPage(request: Request, response: Response): void {
    const error = this.errorOf(request);
    if (error) response.type('html').send(this.errorPage(error, request));
    else notThere(response);
  }

  private sendConsole(request: Request, response: Response): void {
    const { access, pages } = this;
    if (!access.isUnlocked(request)) access.printPin();
    if (access.mayView(request)) response.type('html').send(pages.consolePage(this.pageOptions(request)));
    else this.sendLocked(request, response, 'Console');
  }

  private sendLocked(request: Request, response: Response, headline: string): void {
    const page = this.pages.lockedPage({ ...this.pageOptions(request), headline });
    this.strictHeaders(request, response, () => response.status(403).type('html').send(page));
  }

  private pageOptions(request: Request): PageOptions {
    const { secret, needsPin } = this.access;
    const isPosted = !isSafe(request) || request.path.startsWith('/_debugger/errors/');
    return {
      ...this.compilation.state,
      secret,
      needsPin,
      isUnlocked: this.access.isUnlocked(request),
      isPosted,
    };
  }

  private expand(values: ValueInspector | undefined, request: Request, response: Response): void {
    const { from = 0 } = (request.body ?? {}) as { from?: unknown };
    const entries =
      Number.isSafeInteger(from) && Number(from) >= 0
        ? values?.expand(numberIn(request, 'handle'), Number(from))
        : undefined;
    if (entries) response.json(entries);
    else notThere(response);
  }

  private sendLocals(request: Request, response: Response): void {
    const scopes = this.errorOf(request)?.locals(numberIn(request, 'number'));
    if (scopes) response.json({ scopes });
    else notThere(response);
  }

  private async evaluate(console: Console | undefined, { body }: Request, response: Response): Promise<void> {
    const { code } = (body ?? {}) as { code?: unknown };
    if (!console) notThere(response);
    else if (typeof code !== 'string') response.status(400).json({ message: 'There is no code to run.' });
    else response.json(await console.evaluate(code));
  }
}

/** NaN where it is not a number; nothing is stored under that. */
function numberIn({ params }: Request, name: string): number {
  return /^\d+$/.test(String(params[name])) ? Number(params[name]) : NaN;
}

function notThere(response: Response): void {
  response.status(404).json({ message: 'Not found, or no longer kept.' });
}

import { Injectable } from '@nestjs/common';
import { Request, RequestHandler, Response, Router, json } from 'express';
import { DebuggerAccess } from './access/debugger-access';
import { ApplicationConsole } from './application-console';
import { Compilation } from './compilation/compilation';
import { Console } from './console/console';
import { DEBUGGER_POLICY } from './content-security-policy';
import { InspectedValues } from './inspected-value';
import { KeptError, KeptErrors } from './kept-errors';
import { DebuggerPages } from './pages/debugger-pages';

/** Where `/_debugger/…` leads. Nothing of it needs a session or the database, which may be what is broken. */
@Injectable()
export class DebuggerRoutes {
  constructor(
    private readonly access: DebuggerAccess,
    private readonly pages: DebuggerPages,
    private readonly errors: KeptErrors,
    private readonly application: ApplicationConsole,
    private readonly compilation: Compilation,
  ) {}

  router(): RequestHandler {
    const { access, compilation } = this;
    const tools = Router();
    tools.use(access.checkOrigin, strictHeaders);
    tools.get('/_debugger/assets/:name', (request, response) => this.sendAsset(request, response));
    tools.get('/_debugger/events', compilation.events);
    tools.get(/^\/_debugger\/errors\/([^/]+)\.md$/, (request, response) =>
      this.sendMarkdown(request, response),
    );
    tools.get('/console', (request, response) => this.sendConsole(request, response));
    tools.post('/_debugger/*path', access.checkSecret, json({ limit: '1mb' }));
    tools.post('/_debugger/pin', access.enterPin);
    // Whoever follows values from one to the next reaches all that the process knows.
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
      // A page about what does not compile has source in it.
      else if (access.refusalOf(request)) next();
      else compilation.middleware(request, response, next);
    };
  }

  private errorOf({ params }: Request): KeptError | undefined {
    return this.errors.get(String(params.id));
  }

  private sendAsset({ params }: Request, response: Response): void {
    const asset = this.pages.asset(String(params.name));
    if (asset) response.type(asset.type).send(asset.body);
    else notThere(response);
  }

  private sendMarkdown({ params }: Request, response: Response): void {
    const traceback = this.errors.get(String(params[0]))?.shareable;
    if (traceback) response.type('text/markdown').send(this.pages.markdown(traceback));
    else notThere(response);
  }

  private sendConsole(request: Request, response: Response): void {
    const { access } = this;
    const isUnlocked = access.isUnlocked(request);
    if (!isUnlocked) access.printPin();
    const { secret, needsPin } = access;
    response.type('html').send(this.pages.consolePage({ secret, isUnlocked, needsPin }));
  }

  private expand(values: InspectedValues | undefined, request: Request, response: Response): void {
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

const strictHeaders: RequestHandler = (_request, response, next) => {
  response.set({ 'Content-Security-Policy': DEBUGGER_POLICY, 'Cache-Control': 'no-store' });
  next();
};

/** NaN where it is none, under which nothing is found. */
function numberIn({ params }: Request, name: string): number {
  return /^\d+$/.test(String(params[name])) ? Number(params[name]) : NaN;
}

function notThere(response: Response): void {
  response.status(404).json({ message: 'There is nothing of that name, or not any more.' });
}

import express, { type Express, type Request, type Response } from 'express';
import { once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import type { Server } from 'node:http';
import { isOwnClient } from '../access/own-client';
import { denialFor } from '../access/access-denial';
import { Compilation } from '../compilation/compilation';
import { DebuggerPages } from '../pages/debugger-pages';
import { DebuggerOptions } from '../options';
import { StartFailure, StartFailureDetails, describeStartFailure } from './start-failure';
import { StartFailurePage, WITHOUT_CAUSE } from './start-failure-page';

/** Editors save in several steps. */
const SAVE_MS = 200;

export interface StartFailureOptions
  extends
    StartFailureDetails,
    Pick<DebuggerOptions, 'application' | 'sources' | 'templates' | 'pathsWithoutPages' | 'icon'> {
  readonly host: string;
  readonly port: number;
  /** In the current directory: the file of settings, such as `.env`. */
  readonly settingsFile: string;
  /** Says where settings are changed, in a sentence. */
  readonly settingsHint: string;
}

/**
 * Stands in for an application that does not start, at its address, and shows why to a client that is certain to be its developer. It needs
 * nothing that may be what is broken: neither settings nor database. `nest start --watch` ends the process at the next save, and open pages
 * notice that by themselves.
 */
export class StartFailureServer {
  private readonly compilation: Compilation;
  private readonly pages: DebuggerPages;
  private readonly page: StartFailurePage;
  private server?: Server;
  private watcher?: FSWatcher;

  private constructor(
    private readonly failure: StartFailure,
    private readonly options: StartFailureOptions,
  ) {
    this.compilation = new Compilation(options);
    this.pages = new DebuggerPages(options);
    this.page = new StartFailurePage(options.application.name, options.settingsHint);
  }

  /** @throws Error when the address is taken */
  static async start(error: unknown, options: StartFailureOptions): Promise<StartFailureServer> {
    const started = new StartFailureServer(describeStartFailure(error, options), options);
    await started.listen();
    return started;
  }

  /** Waits until the file of settings is saved; for ever where the code is wrong, since it is not loaded a second time. */
  async settingsChanged(): Promise<void> {
    const { isSetting } = this.failure;
    await new Promise<void>((resolve) => {
      if (!isSetting) return;
      this.watcher = watch('.', (_event, name) => {
        if (name === this.options.settingsFile) setTimeout(resolve, SAVE_MS);
      });
    });
  }

  async close(): Promise<void> {
    this.watcher?.close();
    this.compilation.onModuleDestroy();
    if (!this.server) return;
    const closed = once(this.server.close(), 'close');
    this.server.closeAllConnections();
    await closed;
  }

  private async listen(): Promise<void> {
    const { port, host } = this.options;
    this.server = this.application().listen(port, host);
    await once(this.server, 'listening');
    this.compilation.watch();
  }

  private application(): Express {
    const { compilation, pages } = this;
    const app = express().disable('x-powered-by');
    app.get('/_debugger/assets/:name', ({ params }, response, next) => {
      const asset = pages.asset(params.name);
      if (asset) response.type(asset.type).send(asset.body);
      else next();
    });
    app.get('/_debugger/events', (request, response, next) =>
      mayView(request)
        ? compilation.events(request, response, next)
        : compilation.eventsForStrangers(request, response, next),
    );
    app.use((request, response, next) => {
      if (mayView(request) && compilation.wantsPage(request)) compilation.middleware(request, response, next);
      else next();
    });
    app.use((request: Request, response: Response) => {
      const failure = mayView(request) ? this.failure : WITHOUT_CAUSE;
      this.page.send(failure, compilation.state, request, response);
    });
    return app;
  }
}

/** There is no PIN yet that somebody else could give. */
function mayView(request: Request): boolean {
  return denialFor(request) === undefined && isOwnClient(request.socket);
}

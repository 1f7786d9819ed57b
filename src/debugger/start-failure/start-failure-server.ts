import { setProjectRoot } from '@microblog/error-report';
import express, { type Express, type Request, type Response } from 'express';
import { once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import type { Server } from 'node:http';
import { PROJECT_ROOT } from '../../config/paths';
import { DOT_ENV, readDotEnv } from '../../config/dot-env';
import { hostProblem } from '../../config/host';
import { isOwnClient } from '../access/own-client';
import { refusalOf } from '../access/refusal';
import { Compilation } from '../compilation/compilation';
import { wantsPage } from '../compilation/compile-error-page';
import { DebuggerPages } from '../pages/debugger-pages';
import { StartFailure, describeStartFailure } from './start-failure';
import { StartFailurePage, WITHOUT_CAUSE } from './start-failure-page';

const DEFAULT_PORT = 3000;
const DEFAULT_HOST = '127.0.0.1';
/** Editors save in several steps. */
const SAVE_MS = 200;

/**
 * Stands in for an application that does not start, at its address, and shows why to whoever is certain to be its developer. It needs
 * nothing that may be what is broken: neither settings nor database. `nest start --watch` ends the process at the next save, and open pages
 * notice that by themselves.
 */
export class StartFailureServer {
  private readonly compilation = new Compilation();
  private readonly pages = new DebuggerPages();
  private readonly page = new StartFailurePage();
  private server?: Server;
  private watcher?: FSWatcher;

  private constructor(private readonly failure: StartFailure) {}

  /**
   * @param problem the error in one line, where that says all
   * @throws Error when the address is taken
   */
  static async start(error: unknown, problem: string | undefined): Promise<StartFailureServer> {
    setProjectRoot(PROJECT_ROOT);
    const variables = rawVariables();
    const started = new StartFailureServer(describeStartFailure(error, problem, variables));
    await started.listen(portIn(variables), hostIn(variables));
    return started;
  }

  /** Waits until `.env` is saved; for ever where the settings are not what is wrong, since code is not loaded a second time. */
  async settingsChanged(): Promise<void> {
    const { isSetting } = this.failure;
    await new Promise<void>((resolve) => {
      if (!isSetting) return;
      this.watcher = watch('.', (_event, name) => {
        if (name === DOT_ENV) setTimeout(resolve, SAVE_MS);
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

  private async listen(port: number, host: string): Promise<void> {
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
      if (mayView(request) && wantsPage(request)) compilation.middleware(request, response, next);
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
  return refusalOf(request) === undefined && isOwnClient(request.socket);
}

/** As they are, since one of them may be what is wrong. */
function rawVariables(): Record<string, string | undefined> {
  try {
    return { ...readDotEnv(), ...process.env };
  } catch {
    return process.env;
  }
}

function portIn({ PORT = '' }: Record<string, string | undefined>): number {
  const port = Number(PORT.trim() || DEFAULT_PORT);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : DEFAULT_PORT;
}

function hostIn({ HOST = '' }: Record<string, string | undefined>): string {
  const host = HOST.trim();
  return host && hostProblem(host, 'PORT') === undefined ? host : DEFAULT_HOST;
}

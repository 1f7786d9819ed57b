import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { projectRoot } from '@microblog/error-report';
import { DEBUGGER_OPTIONS, DebuggerOptions } from '../options';
import { ChangeStream } from './change-stream';
import { CompileErrorPage, CompileState, wantsPage } from './compile-error-page';
import { CompileFailure } from './compile-failure';
import { Compiler } from './compiler';
import { SourceFiles } from './source-files';

export type CompilationOptions = Pick<
  DebuggerOptions,
  'application' | 'sources' | 'templates' | 'pathsWithoutPages'
>;

const SCRIPT = '/_debugger/assets/reload.js';

/**
 * Looks at what is saved: whether it compiles, and whether templates have changed. Where it does not, Nest's CLI says so in the terminal only, and the old code goes on
 * answering: this answers with what is wrong instead, until it is mended.
 */
@Injectable()
export class Compilation implements OnModuleDestroy {
  /** By the name of the file. */
  failures: ReadonlyMap<string, CompileFailure> = new Map();
  private readonly process = randomUUID();
  private readonly page: CompileErrorPage;
  private readonly stream = new ChangeStream(async () => {
    await this.isReady;
    return this.state;
  });
  /** The events for open pages. */
  readonly events: RequestHandler = (_request, response) => this.stream.open(response, (state) => state);
  /** The same without the names of files. */
  readonly eventsForStrangers: RequestHandler = (_request, response) =>
    this.stream.open(response, (state) => ({ ...state, files: [] }));
  private files?: SourceFiles;
  private templates?: SourceFiles;
  private compiler?: Compiler;
  private stamps = new Map<string, string>();
  private templateStamps?: string;
  private version = 0;
  private isReady = Promise.resolve();
  private isChecking = false;
  private isOutdated = false;

  constructor(@Inject(DEBUGGER_OPTIONS) private readonly options: CompilationOptions) {
    this.page = new CompileErrorPage(options.application.name);
  }

  /** Begins to watch the sources, where there are any; all of them are compiled once, as one may be broken from before a restart. */
  watch(): void {
    const { sources = [], templates = [] } = this.options;
    const watched = sources.map(fromRoot).filter((directory) => existsSync(directory));
    if (this.files || watched.length === 0) return;
    this.files = new SourceFiles(watched, isSource, () => void this.check());
    this.templates = new SourceFiles(
      templates.map(fromRoot),
      (name) => name.endsWith('.hbs'),
      () => void this.checkTemplates(),
    );
    this.isReady = Promise.all([this.begin(), this.checkTemplates()]).then(() => undefined);
  }

  /** What open pages are told, and each page of the debugger knows of when it was made. */
  get state(): CompileState {
    const { process, version, failures } = this;
    return { process, version, failing: failures.size > 0, files: [...failures.keys()] };
  }

  /** See {@link wantsPage}. */
  wantsPage(request: Request): boolean {
    return wantsPage(request, this.options.pathsWithoutPages);
  }

  /** Whether something does not compile, once that is known. */
  async isFailing(): Promise<boolean> {
    await this.isReady;
    return this.failures.size > 0;
  }

  /** Replaces every page while something does not compile, and gives the other pages the script that notices. */
  readonly middleware: RequestHandler = async (request, response, next) => {
    // Reloading a page that answers a form would send the form again.
    response.locals.debuggerScript = request.method === 'POST' ? `${SCRIPT}?posted` : SCRIPT;
    if (!this.wantsPage(request)) {
      next();
      return;
    }
    if (await this.isFailing()) this.page.send(this.state, [...this.failures.values()], request, response);
    else next();
  };

  onModuleDestroy(): void {
    this.files?.close();
    this.templates?.close();
    this.stream.close();
  }

  private async begin(): Promise<void> {
    this.compiler = await Compiler.load();
    if (this.compiler) await this.check();
    else this.files?.close();
  }

  /** One check at a time. Files saved meanwhile are checked too before the result is announced, so that it is never about half of a save. */
  private async check(): Promise<void> {
    this.isOutdated = true;
    if (this.isChecking) return;
    this.isChecking = true;
    const failures = new Map(this.failures);
    while (this.isOutdated) {
      this.isOutdated = false;
      await this.compileChanged(failures);
    }
    this.isChecking = false;
    this.tell(failures);
  }

  private async compileChanged(failures: Map<string, CompileFailure>): Promise<void> {
    const { files, compiler, stamps: old } = this;
    if (!files || !compiler) return;
    const stamps = await files.scan();
    if (!stamps) return;
    this.stamps = stamps;
    const gone = [...old.keys()].filter((path) => !stamps.has(path));
    for (const path of gone) failures.delete(nameOf(path));
    const changed = [...stamps].filter(([path, stamp]) => old.get(path) !== stamp);
    await Promise.all(
      changed.map(async ([path]) => {
        const name = nameOf(path);
        const failure = await compiler.failureOf(path, name);
        if (failure) failures.set(name, failure);
        else failures.delete(name);
      }),
    );
  }

  /** Templates are read again without a restart, and may be what was corrected. */
  private async checkTemplates(): Promise<void> {
    const stamps = await this.templates?.scan();
    if (!stamps) return;
    const old = this.templateStamps;
    this.templateStamps = JSON.stringify([...stamps].sort());
    if (old !== undefined && old !== this.templateStamps) this.change();
  }

  private change(): void {
    this.version += 1;
    this.stream.tell(this.state);
  }

  private tell(found: Map<string, CompileFailure>): void {
    const failures = new Map([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
    if (JSON.stringify([...failures]) === JSON.stringify([...this.failures])) return;
    this.failures = failures;
    this.change();
  }
}

function fromRoot(directory: string): string {
  return resolve(projectRoot(), directory);
}

function nameOf(path: string): string {
  return relative(projectRoot(), path).replaceAll(sep, '/');
}

/** Neither tests nor declarations are the application's files. */
function isSource(name: string): boolean {
  return name.endsWith('.ts') && !/\.(?:spec|d)\.ts$/.test(name);
}

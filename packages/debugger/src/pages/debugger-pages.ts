import { Inject, Injectable } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEBUGGER_OPTIONS, DebuggerOptions } from '../options';
import { Traceback } from '../traceback';
import { DEBUGGER_VIEWS, DebuggerTemplates } from './debugger-templates';
import { tracebackMarkdown } from './traceback-markdown';
import { tracebackText } from './traceback-text';
import { tracebackView } from './traceback-view';

export type PagesOptions = Pick<DebuggerOptions, 'application' | 'icon' | 'visitorsPage'>;

export interface PageOptions {
  /** Different for each process and each change, so that an outdated page reloads itself. */
  readonly process: string;
  readonly version: number;
  /** Whether the page cannot be asked for again without sending a form again. */
  readonly isPosted: boolean;
  /** Sent with every command of the page. */
  readonly secret: string;
  /** Whether this browser may run code already. */
  readonly isUnlocked: boolean;
  /** Whether there is a PIN at all. */
  readonly needsPin: boolean;
}

const ASSETS: ReadonlyMap<string, string> = new Map([
  ['debugger.css', 'text/css; charset=utf-8'],
  ['debugger.js', 'text/javascript; charset=utf-8'],
  ['reload.js', 'text/javascript; charset=utf-8'],
]);

/** What a developer gets to see of an error, in each form. */
@Injectable()
export class DebuggerPages {
  private readonly templates = new DebuggerTemplates();

  constructor(@Inject(DEBUGGER_OPTIONS) private readonly options: PagesOptions) {}

  tracebackPage(traceback: Traceback, options: PageOptions): string {
    const visitorsPage = this.options.visitorsPage?.(traceback.status);
    return this.render('traceback', { ...tracebackView(traceback), visitorsPage }, options);
  }

  consolePage(options: PageOptions): string {
    return this.render('console', { title: 'Console' }, options);
  }

  /** Asks for the PIN. @param options with the path of the page that is there instead once it is given; its own by default */
  lockedPage(options: PageOptions & { readonly headline: string; readonly path?: string }): string {
    const { headline, path } = options;
    return this.render('locked', { title: headline, headline, path }, options);
  }

  private render(template: string, data: object, options: PageOptions): string {
    const { application, icon } = this.options;
    return this.templates.render(template, {
      ...data,
      ...lockOf(options),
      application: application.name,
      icon,
    });
  }

  plainText(traceback: Traceback): string {
    return tracebackText(traceback);
  }

  markdown(traceback: Traceback): string {
    return tracebackMarkdown(traceback);
  }

  /** A file that the pages need, as it is now; undefined for any other. */
  asset(name: string): { type: string; body: string } | undefined {
    const type = ASSETS.get(name);
    const path = join(DEBUGGER_VIEWS, name);
    return type && existsSync(path) ? { type, body: readFileSync(path, 'utf8') } : undefined;
  }
}

function lockOf({ process, version, isPosted, secret, isUnlocked, needsPin }: PageOptions): object {
  return { process, version, isPosted, secret, isLocked: needsPin && !isUnlocked };
}

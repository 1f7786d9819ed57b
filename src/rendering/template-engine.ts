import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { VIEWS_DIRECTORY } from '../config/paths';
import { Environment } from '../config/environment';
import { compileTemplate } from '../templates/compile-template';
import { Assets } from './assets';
import * as helpers from './helpers';
import { registerForms } from '@microblog/forms';

const ENDING = '.hbs';
/** An indented partial would have its indent put into every line, those that people typed included. */
const OPTIONS = { preventIndent: true };

/**
 * The templates in `views/`, each by its path without the ending; those in `views/partials/` are partials too. They are
 * read once, and in debug mode again after each change.
 */
@Injectable()
export class TemplateEngine {
  private templates: Map<string, Handlebars.TemplateDelegate>;
  /** What the files were when they were read. */
  private stamp = '';
  private readonly helpers: Record<string, Handlebars.HelperDelegate> = { ...helpers };

  constructor(
    private readonly environment: Environment,
    private readonly assets: Assets,
  ) {
    this.helpers.asset = (name: string) => this.assets.url(name);
    this.templates = this.load();
  }

  /** @throws Error when there is no such template, or it fails; its stack has the line of the template */
  render(name: string, data: object): string {
    if (this.environment.MICROBLOG_DEBUG && stampOf(viewFiles()) !== this.stamp) this.templates = this.load();
    const template = this.templates.get(name);
    if (!template) throw new Error(`There is no template ${name}${ENDING} in views/`);
    return template(data);
  }

  has(name: string): boolean {
    return this.templates.has(name);
  }

  private load(): Map<string, Handlebars.TemplateDelegate> {
    this.stamp = stampOf(viewFiles());
    const handlebars = Handlebars.create();
    handlebars.registerHelper(this.helpers);
    const templates = new Map<string, Handlebars.TemplateDelegate>();
    // Lets Handlebars compile direct calls, instead of checking each time whether the name is a helper or a property.
    const knownHelpers = Object.fromEntries(Object.keys(this.helpers).map((name) => [name, true]));
    const options = { ...OPTIONS, knownHelpers };
    const compile = (file: string) => compileTemplate(handlebars, readFileSync(file, 'utf8'), file, options);
    registerForms(handlebars);
    for (const file of viewFiles()) {
      const name = relative(VIEWS_DIRECTORY, file).slice(0, -ENDING.length);
      const template = compile(file);
      templates.set(name, template);
      if (name.startsWith('partials/')) handlebars.registerPartial(name.slice('partials/'.length), template);
    }
    return templates;
  }
}

/** Changes with each save of a template. Much cheaper than reading and compiling them all. */
function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${file} ${mtimeMs} ${size}`;
    })
    .join('\n');
}

function viewFiles(): string[] {
  return readdirSync(VIEWS_DIRECTORY, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ENDING))
    .map((file) => join(VIEWS_DIRECTORY, file));
}

import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VIEWS_DIRECTORY } from '../config/paths';
import { compileTemplate } from '../templates/compile-template';

const MAIL_VIEWS = join(VIEWS_DIRECTORY, 'mail');

/** The bodies of mails, from `NAME.txt.hbs` and `NAME.html.hbs` in `views/mail/`. */
@Injectable()
export class MailTemplates {
  private readonly handlebars = Handlebars.create();
  private readonly compiled = new Map<string, { source: string; template: Handlebars.TemplateDelegate }>();

  constructor() {
    this.handlebars.registerHelper('iso', (at: Date) => at.toISOString());
    this.handlebars.registerHelper('json', (value: unknown) => JSON.stringify(value));
  }

  /** Both bodies of a mail that has a template for each. */
  render(name: string, data: object): { text: string; html: string } {
    return { text: this.text(name, data), html: this.html(name, data) };
  }

  /** Plain text: nothing in it is escaped. */
  text(name: string, data: object): string {
    return this.template(`${name}.txt`, { noEscape: true })(data);
  }

  html(name: string, data: object): string {
    return this.template(`${name}.html`, {})(data);
  }

  /** Compiled once, and again when the file has changed. */
  private template(name: string, options: { noEscape?: boolean }): Handlebars.TemplateDelegate {
    const file = join(MAIL_VIEWS, `${name}.hbs`);
    const source = readFileSync(file, 'utf8');
    const known = this.compiled.get(name);
    if (known?.source === source) return known.template;
    const template = compileTemplate(this.handlebars, source, file, options);
    this.compiled.set(name, { source, template });
    return template;
  }
}

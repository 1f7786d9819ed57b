import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type CompileOptions = Parameters<typeof Handlebars.compile>[1];

const VIEWS = join(__dirname, '../../views/mail');

/** The bodies of mails, from `NAME.txt.hbs` and `NAME.html.hbs` in `views/mail/`. */
@Injectable()
export class MailTemplates {
  private readonly handlebars = Handlebars.create();

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

  private template(name: string, options: CompileOptions): Handlebars.TemplateDelegate {
    return this.handlebars.compile(readFileSync(join(VIEWS, `${name}.hbs`), 'utf8'), options);
  }
}

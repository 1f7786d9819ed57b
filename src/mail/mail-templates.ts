import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const VIEWS = join(__dirname, '../../views/mail');

/** The two bodies of a mail, from `NAME.txt.hbs` and `NAME.html.hbs`; only the HTML one is escaped. */
@Injectable()
export class MailTemplates {
  private readonly handlebars = Handlebars.create();

  render(name: string, data: object): { text: string; html: string } {
    return {
      text: this.template(`${name}.txt`, true)(data),
      html: this.template(`${name}.html`, false)(data),
    };
  }

  private template(name: string, noEscape: boolean): Handlebars.TemplateDelegate {
    return this.handlebars.compile(readFileSync(join(VIEWS, `${name}.hbs`), 'utf8'), { noEscape });
  }
}

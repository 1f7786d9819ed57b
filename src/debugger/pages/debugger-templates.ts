import Handlebars from 'handlebars';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VIEWS_DIRECTORY } from '../../config/paths';
import { compileTemplate } from '../../templates/compile-template';

export const DEBUGGER_VIEWS = join(VIEWS_DIRECTORY, 'debugger');
const ENDING = '.hbs';

/**
 * The templates in `views/debugger/`, each a partial for the others too. They stand apart from the application's, since a
 * broken template of that is one of the things they have to show. Each is compiled when it is first needed.
 */
export class DebuggerTemplates {
  private handlebars?: typeof Handlebars;

  render(name: string, data: object): string {
    this.handlebars ??= load();
    const template = this.handlebars.partials[name] as Handlebars.TemplateDelegate | undefined;
    if (!template) throw new Error(`There is no template ${name}${ENDING} in views/debugger/`);
    return template(data);
  }
}

function load(): typeof Handlebars {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ encode: encodeURIComponent, iso: (at: Date) => at.toISOString(), comment });
  for (const file of readdirSync(DEBUGGER_VIEWS).filter((file) => file.endsWith(ENDING))) {
    // An indented partial would have its indent put into every line of source.
    const path = join(DEBUGGER_VIEWS, file);
    const template = compileTemplate(handlebars, readFileSync(path, 'utf8'), path, { preventIndent: true });
    handlebars.registerPartial(file.slice(0, -ENDING.length), template);
  }
  return handlebars;
}

/** As it is read in a terminal, so without entities. All that ends a comment, or begins another one, has two hyphens in it. */
function comment(text: string): Handlebars.SafeString {
  return new Handlebars.SafeString(`<!--\n${text.replace(/-(?=-)/g, '- ')}\n-->`);
}

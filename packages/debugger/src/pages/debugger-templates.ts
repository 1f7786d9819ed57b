import Handlebars from 'handlebars';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Next to package.json, however this file was compiled. */
export const DEBUGGER_VIEWS = join(dirname(require.resolve('@microblog/debugger/package.json')), 'views');
const ENDING = '.hbs';

/**
 * The templates in `views/`, each a partial for the others as well; compiled when they are first needed. They are separate from the
 * application's, since a broken template there is one of the things they have to show.
 */
export class DebuggerTemplates {
  private handlebars?: typeof Handlebars;

  render(name: string, data: object): string {
    this.handlebars ??= load();
    const template = this.handlebars.partials[name] as Handlebars.TemplateDelegate | undefined;
    if (!template) throw new Error(`There is no template ${name}${ENDING} in ${DEBUGGER_VIEWS}`);
    return template(data);
  }
}

function load(): typeof Handlebars {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ encode: encodeURIComponent, iso: (at: Date) => at.toISOString(), comment });
  for (const file of readdirSync(DEBUGGER_VIEWS).filter((file) => file.endsWith(ENDING))) {
    // An indented partial would have its indent put into every line of source.
    const source = readFileSync(join(DEBUGGER_VIEWS, file), 'utf8');
    const template = handlebars.compile(source, { preventIndent: true });
    handlebars.registerPartial(file.slice(0, -ENDING.length), template);
  }
  return handlebars;
}

/** As it is read in a terminal, so without entities. All that ends a comment, or begins another one, has two hyphens in it. */
function comment(text: string): Handlebars.SafeString {
  return new Handlebars.SafeString(`<!--\n${text.replace(/-(?=-)/g, '- ')}\n-->`);
}

import Handlebars from 'handlebars';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FormField } from './field';
import { Form } from './form';
import * as htmlHelpers from './html-helpers';
import * as templateHelpers from './template-helpers';

/** Helpers that the partials need. */
export const formHelpers: Readonly<Record<string, Handlebars.HelperDelegate>> = {
  ...htmlHelpers,
  ...templateHelpers,
};

/**
 * The partials by name: `field`, `field_control`, `field_errors`, `field_help`, `fields` and `form_errors`. Their files are next to
 * package.json, however this one was compiled.
 */
export const formPartials: readonly { readonly name: string; readonly file: string }[] = partialsIn(
  join(dirname(require.resolve('@microblog/forms/package.json')), 'views'),
);

/** An indented partial would have its indent put into every line of what was typed into a textarea. */
const OPTIONS = { preventIndent: true };

/** Lets templates use `{{> field form.email}}`, `{{> form_errors}}` and the like. */
export function registerForms(
  handlebars: Pick<typeof Handlebars, 'compile' | 'registerHelper' | 'registerPartial'>,
): void {
  handlebars.registerHelper({ ...formHelpers });
  for (const { name, file } of formPartials) {
    handlebars.registerPartial(name, handlebars.compile(readFileSync(file, 'utf8'), OPTIONS));
  }
}

/**
 * The HTML of a field with its label, messages and help, for template engines other than Handlebars.
 *
 * @param attributes of the control, such as `{ placeholder: 'susan' }`; `label` and `help` replace those of the field
 */
export function renderField(field: FormField, attributes: Readonly<Record<string, unknown>> = {}): string {
  return render('field', Object.assign({}, field, attributes));
}

/** The HTML of all fields of a form. */
export function renderFields(form: Form<object>): string {
  return render('fields', { form });
}

/** The HTML of the messages that belong to no field; empty where there are none. */
export function renderFormErrors(form: Form<object>): string {
  return render('form_errors', { form });
}

let own: typeof Handlebars | undefined;

function render(partial: string, data: object): string {
  if (!own) registerForms((own = Handlebars.create()));
  return (own.partials[partial] as Handlebars.TemplateDelegate)(data);
}

function partialsIn(directory: string): { name: string; file: string }[] {
  return readdirSync(directory).map((file) => ({
    name: basename(file, '.hbs'),
    file: join(directory, file),
  }));
}

import { ShownField } from './field-attributes';
import {
  renderErrorSummary,
  controlHtml,
  errorsHtml,
  fieldHtml,
  renderFields,
  renderFormErrors,
  helpHtml,
} from './field-html';
import { Form } from './form';

/** What Handlebars calls with the context of the template and what the template gives: `{{> field form.email autofocus=true}}`. */
export type FormPartial = (context: object) => string;

interface WithForm {
  readonly form: Form<object>;
}

/** @throws TypeError where the template names no field, as `form.usernme` is none */
function ofField(name: string, partial: (field: ShownField) => string): FormPartial {
  return (context) => {
    if ('element' in ((context as object | undefined) ?? {})) return partial(context as ShownField);
    throw new TypeError(`{{> ${name} …}} is given no field of a form: is its name misspelt?`);
  };
}

/** The partials by name; those of a field take it as their context, the last three find the `form` in the template's. */
export const formPartials: Readonly<Record<string, FormPartial>> = {
  field: ofField('field', fieldHtml),
  field_control: ofField('field_control', controlHtml),
  field_errors: ofField('field_errors', errorsHtml),
  field_help: ofField('field_help', helpHtml),
  fields: (context) => renderFields((context as WithForm).form),
  error_summary: (context) => renderErrorSummary((context as WithForm).form),
  form_errors: (context) => renderFormErrors((context as WithForm).form),
};

/** Lets templates use `{{> field form.email}}`, `{{> form_errors}}` and the like. */
export function registerForms(handlebars: {
  registerPartial(name: string, partial: FormPartial): void;
}): void {
  for (const [name, partial] of Object.entries(formPartials)) handlebars.registerPartial(name, partial);
}

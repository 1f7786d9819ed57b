import Handlebars from 'handlebars';
import { registerForms } from '../src';

const handlebars = Handlebars.create();
registerForms(handlebars);

/** The HTML of one of the partials. */
export function renderPartial(name: string, data: object): string {
  return (handlebars.partials[name] as Handlebars.TemplateDelegate)(data);
}

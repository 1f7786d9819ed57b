import Handlebars from 'handlebars';
import { parse } from 'node-html-parser';
import {
  DataRequired,
  Form,
  StringField,
  fillForm,
  registerForms,
  renderField,
  renderFields,
  renderFormErrors,
} from '.';

class ContactDto {
  @StringField('Your name', { help: 'As you are called.' })
  @DataRequired()
  name!: string;

  @StringField('Town')
  town!: string;
}

const SCRIPT = '<script>alert(1)</script>';

describe('A form in a template engine other than Handlebars', () => {
  it('is HTML that any engine can put into a page', () => {
    const form = new Form(new ContactDto(), { name: SCRIPT });
    form.fieldNamed('name').errors.push('Too long.');
    const [field] = form.fields;
    const page = parse(`<form>${field ? renderField(field, { placeholder: 'Susan' }) : ''}</form>`);
    const input = page.querySelector('input');
    expect(input?.attributes).toMatchObject({ id: 'name', placeholder: 'Susan', 'aria-invalid': 'true' });
    expect(input?.getAttribute('value')).toBe(SCRIPT);
    expect(page.querySelector('label')?.text).toBe('Your name');
    expect(page.querySelector('.errors')?.text.trim()).toBe('Too long.');
    expect(page.querySelector('small')?.text).toBe('As you are called.');
  });

  it('can be rendered as a whole', () => {
    const page = parse(renderFields(fillForm(new ContactDto(), {})));
    expect(page.querySelectorAll('input').map(({ id }) => id)).toEqual(['name', 'town']);
  });

  it('has the messages of the form', () => {
    const form = new Form(new ContactDto());
    expect(renderFormErrors(form).trim()).toBe('');
    form.addError(undefined, SCRIPT);
    expect(parse(renderFormErrors(form)).querySelector('li')?.text).toBe(SCRIPT);
  });
});

describe('registerForms', () => {
  it('lets templates of Handlebars use the partials', () => {
    const handlebars = Handlebars.create();
    registerForms(handlebars);
    const page = handlebars.compile('{{> form_errors}}{{> field form.name autocomplete="name"}}');
    expect(page({ form: new Form(new ContactDto()) })).toContain('autocomplete="name"');
  });
});

describe('A template of Handlebars that names no field', () => {
  it.each([
    '{{> field form.tpyo}}',
    '{{> field form.tpyo placeholder="x"}}',
    '{{> field_errors form.name.nope}}',
  ])('fails, and says so: %s', (template) => {
    const handlebars = Handlebars.create();
    registerForms(handlebars);
    const render = handlebars.compile(template);
    expect(() => render({ form: new Form(new ContactDto()) })).toThrow(
      /^\{\{> field\w* …\}\} is given no field of a form: is its name misspelt\?$/,
    );
  });
});

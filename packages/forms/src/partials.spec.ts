import { renderPartial } from '../test/partials';
import Handlebars from 'handlebars';
import { HTMLElement, parse } from 'node-html-parser';
import {
  BooleanField,
  DataRequired,
  FileField,
  Form,
  HiddenField,
  IntegerField,
  Length,
  NumberRange,
  PasswordField,
  RadioField,
  Regexp,
  SelectField,
  SelectMultipleField,
  StringField,
  TextAreaField,
  ValidateWith,
  fillForm,
} from '.';
import { oneField } from '../test/form-check';

/** What `{{> field form.value …}}` writes; Handlebars merges what else is given into the field. */
function html(form: Form<object>, given: object = {}, partial = 'field'): string {
  return renderPartial(partial, Object.assign({}, form.fieldNamed('value'), given));
}

function render(form: Form<object>, given?: object, partial?: string): HTMLElement {
  return parse(html(form, given, partial));
}

const show = (decorators: PropertyDecorator[], initial?: unknown) => new Form(oneField(decorators, initial));
const control = (root: HTMLElement) => root.querySelector('input, textarea, select')?.attributes;

describe('The partial field', () => {
  const TEXT = StringField('Your name', { help: 'As on your profile.' });

  it('labels a control, and says in its place what is wrong and what helps', () => {
    const form = show([TEXT, DataRequired()], 'susan');
    form.addError('value', 'Not you.');
    form.addError('value', 'Nor john.');
    const root = render(form);
    expect(root.querySelector('label')?.attributes).toEqual({ for: 'value' });
    expect(root.querySelector('label')?.textContent).toBe('Your name');
    expect(control(root)).toEqual({
      value: 'susan',
      id: 'value',
      name: 'value',
      type: 'text',
      required: '',
      'aria-invalid': 'true',
      'aria-describedby': 'value-errors value-help',
    });
    expect(root.querySelectorAll('#value-errors li').map(({ textContent }) => textContent)).toEqual([
      'Not you.',
      'Nor john.',
    ]);
    expect(root.querySelector('#value-help')?.textContent).toBe('As on your profile.');
  });

  it('has neither list nor help where there is nothing to say', () => {
    const root = render(show([StringField('Name')]));
    expect(root.querySelector('ul, small')).toBeNull();
    expect(control(root)).toEqual({ value: '', id: 'value', name: 'value', type: 'text' });
  });

  it('gives the template the last word', () => {
    const given = { required: false, placeholder: '"susan"', label: 'Name', id: 'other', class: 'wide' };
    const root = render(show([TEXT, DataRequired()]), given);
    expect(root.querySelector('label')?.attributes).toEqual({ for: 'other' });
    expect(control(root)).toMatchObject({ id: 'other', placeholder: '"susan"', class: 'wide' });
    expect(control(root)).not.toHaveProperty('required');
    expect(root.querySelector('small')?.id).toBe('other-help');
  });

  it('escapes whatever people typed and developers wrote', () => {
    const text = `"><script>alert('&')</script>`;
    const form = show([StringField(text, { help: text, attributes: { title: text } })], text);
    form.addError('value', `${text}!`);
    const root = render(form, { placeholder: text });
    expect(root.querySelector('script')).toBeNull();
    expect(control(root)).toMatchObject({ value: text, title: text, placeholder: text });
    for (const [selector, shown] of [
      ['label', text],
      ['small', text],
      ['li', `${text}!`],
    ] as const)
      expect(root.querySelector(selector)?.textContent).toBe(shown);
  });

  it('does not say twice what is wrong, as a message and as its hint', () => {
    const form = show([StringField('Name', { help: 'Use letters.' })], '7');
    form.addError('value', 'Use letters.');
    const root = render(form);
    expect(root.querySelector('small')).toBeNull();
    expect(control(root)).toMatchObject({ 'aria-describedby': 'value-errors' });
  });

  it('shows an attribute for what validators tell, as far as the control knows it', () => {
    const regexp = Regexp(/[a-z]+$/, { htmlPattern: true, message: 'Small letters.' });
    const text = control(
      render(show([StringField('Text', { trim: false }), Length({ min: 2, max: 5 }), regexp])),
    );
    expect(text).toMatchObject({
      minlength: '2',
      maxlength: '10',
      pattern: '[a-z]+$',
      title: 'Small letters.',
    });
    const area = control(render(show([TextAreaField('Text', { trim: false }), regexp])));
    expect(area).not.toHaveProperty('pattern');
    const number = control(render(show([IntegerField('Number'), NumberRange({ min: 0, max: 3 })])));
    expect(number).toMatchObject({ type: 'number', min: '0', max: '3' });
  });

  it('shows a flag for data with every control', () => {
    const data = ValidateWith(() => undefined, {
      flags: { 'data-x': 7, 'data-y': null, accepts_bbcode: true },
    });
    for (const field of [StringField('F'), BooleanField('F'), SelectField('F', { choices: [] })]) {
      const attributes = control(render(show([field, data])));
      expect(attributes).toMatchObject({ 'data-x': '7' });
      expect(attributes).not.toHaveProperty('data-y');
      expect(attributes).not.toHaveProperty('accepts_bbcode');
    }
  });

  it('never brings a password back', () => {
    const form = fillForm(oneField([PasswordField('Password')], 'catcatcat'), { value: 'dogdogdog' });
    expect(html(form)).not.toMatch(/catcatcat|dogdogdog/);
    expect(control(render(form))).toMatchObject({ type: 'password', value: '' });
  });

  it('writes a textarea so that no line break is lost', () => {
    const typed = '\n\n<b>one</b>\n  two\n';
    const written = html(show([TextAreaField('Text', { attributes: { rows: 4 } })], typed));
    // Browsers do not count the first.
    expect(written).toContain('>\n\n\n&lt;b&gt;one&lt;/b&gt;\n  two\n</textarea>');
    expect(control(parse(written))).toEqual({ id: 'value', name: 'value', rows: '4' });
  });

  it('puts a checkbox into its label, ticked or not', () => {
    const box = (initial: boolean) =>
      render(show([BooleanField('Remember me')], initial)).querySelector('label > input');
    expect(box(true)?.attributes).toEqual({
      type: 'checkbox',
      value: 'y',
      id: 'value',
      name: 'value',
      checked: '',
    });
    expect(box(false)?.attributes).not.toHaveProperty('checked');
  });

  it('has nothing around a hidden field', () => {
    const root = render(show([HiddenField()], '7'));
    expect(root.querySelector('div, label')).toBeNull();
    expect(control(root)).toEqual({ value: '7', id: 'value', name: 'value', type: 'hidden' });
  });

  it('gives a file no value', () => {
    const root = render(show([FileField('Photo', { attributes: { accept: 'image/*' } })], 'cat.jpg'));
    expect(control(root)).toEqual({ id: 'value', name: 'value', type: 'file', accept: 'image/*' });
  });
});

describe('A field with choices', () => {
  const CHOICES = [
    'cow',
    { value: 7, label: '<seven>', group: 'Pets & more' },
    { value: 'dog', group: 'Pets & more', isDisabled: true },
  ];

  it('is a select with its headings, what is chosen and what cannot be', () => {
    const root = render(show([SelectField('Pet', { choices: CHOICES }), DataRequired()], 7));
    expect(control(root)).toEqual({ id: 'value', name: 'value', required: '' });
    expect(root.querySelectorAll('option').map((option) => [option.attributes, option.textContent])).toEqual([
      [{ value: 'cow' }, 'cow'],
      [{ value: '7', selected: '' }, '<seven>'],
      [{ value: 'dog', disabled: '' }, 'dog'],
    ]);
    const [group, ...others] = root.querySelectorAll('optgroup');
    expect(others).toEqual([]);
    expect(group?.attributes).toEqual({ label: 'Pets & more' });
    expect(group?.querySelectorAll('option')).toHaveLength(2);
  });

  it('can be a select of several', () => {
    const root = render(show([SelectMultipleField('Pets', { choices: CHOICES })], ['cow', 7]));
    expect(control(root)).toHaveProperty('multiple');
    expect(root.querySelectorAll('option[selected]').map((option) => option.getAttribute('value'))).toEqual([
      'cow',
      '7',
    ]);
  });

  it('can be radio buttons, each in its label, in a group with a legend', () => {
    const form = show([RadioField('Pet', { choices: CHOICES, help: 'One.' }), DataRequired()], 'cow');
    form.addError('value', 'No.');
    const root = render(form, { class: 'wide' });
    expect(root.querySelector('fieldset')?.attributes).toEqual({
      id: 'value',
      role: 'radiogroup',
      'aria-invalid': 'true',
      'aria-describedby': 'value-errors value-help',
    });
    expect(root.querySelector('legend')?.textContent).toBe('Pet');
    const all = { type: 'radio', name: 'value', required: '', class: 'wide' };
    expect(root.querySelectorAll('input').map(({ attributes }) => attributes)).toEqual([
      { ...all, value: 'cow', id: 'value-0', checked: '' },
      { ...all, value: '7', id: 'value-1' },
      { ...all, value: 'dog', id: 'value-2', disabled: '' },
    ]);
    expect(
      root.querySelectorAll('label').map((label) => [label.getAttribute('for'), label.textContent.trim()]),
    ).toEqual([
      ['value-0', 'cow'],
      ['value-1', '<seven>'],
      ['value-2', 'dog'],
    ]);
    expect(root.querySelectorAll('#value-errors, #value-help')).toHaveLength(2);
  });
});

describe('The smaller partials', () => {
  it('show a part of a field each', () => {
    const form = show([StringField('Name', { help: 'Any.' })], 'susan');
    form.addError('value', 'No.');
    const tags = (partial: string) => {
      const [first] = render(form, {}, partial).querySelectorAll('*');
      return [first?.tagName, first?.id];
    };
    expect(['field_control', 'field_errors', 'field_help'].map(tags)).toEqual([
      ['INPUT', 'value'],
      ['UL', 'value-errors'],
      ['SMALL', 'value-help'],
    ]);
  });

  it('show all fields of a form in their order', () => {
    class LoginDto {
      @StringField('Username') username = 'susan';
      @PasswordField('Password') password = '';
      @BooleanField('Remember me') remember_me = false;
    }
    const root = parse(renderPartial('fields', { form: new Form(new LoginDto()) }));
    expect(root.querySelectorAll('input').map(({ id }) => id)).toEqual([
      'username',
      'password',
      'remember_me',
    ]);
    expect(root.querySelectorAll('.field')).toHaveLength(3);
  });
});

describe('A template', () => {
  const template = Handlebars.compile<object>(
    '{{#each form.fields}}{{name}}:{{#if flags.accepts_bbcode}}yes{{else}}{{json flags.accepts_bbcode}}{{/if}} {{/each}}',
  );
  const helper = { json: (value: unknown) => JSON.stringify(value) };

  it('can read a flag of one’s own, which is null where it is not set', () => {
    const bbcode = ValidateWith(() => undefined, { flags: { accepts_bbcode: true } });
    class PostDto {
      @StringField('Title') title = '';
      @TextAreaField('Body') @bbcode body = '';
    }
    expect(template({ form: new Form(new PostDto()) }, { helpers: helper })).toBe('title:null body:yes ');
  });
});

import {
  EmailField,
  Form,
  HiddenField,
  PasswordField,
  SearchField,
  StringField,
  TelField,
  TextAreaField,
  URLField,
  fillForm,
} from '..';
import { errorsOf, oneField } from '../../test/form-check';

const fill = (field: PropertyDecorator, sent: unknown) => fillForm(oneField([field]), { value: sent });

describe('A text', () => {
  it.each([
    ['StringField', StringField],
    ['EmailField', EmailField],
    ['URLField', URLField],
    ['TelField', TelField],
    ['SearchField', SearchField],
    ['TextAreaField', TextAreaField],
  ])('of a %s is trimmed unless told otherwise', (_name, field) => {
    expect(fill(field('Text'), '\t susan\u00a0\n').data.value).toBe('susan');
    expect(fill(field('Text', { trim: false }), ' susan\n').data.value).toBe(' susan\n');
  });

  it.each([
    ['PasswordField', PasswordField],
    ['HiddenField', HiddenField],
  ])('of a %s is trimmed only when told to', (_name, field) => {
    expect(fill(field('Text'), ' susan ').data.value).toBe(' susan ');
    expect(fill(field('Text', { trim: true }), ' susan ').data.value).toBe('susan');
  });

  it.each([StringField, TextAreaField, PasswordField])(
    'has line feeds for the line breaks of a browser',
    (field) => {
      expect(fill(field('Text'), 'one\r\ntwo\rthree\nfour').data.value).toBe('one\ntwo\nthree\nfour');
    },
  );

  it.each([[['susan']], [7], [true], [null], [{}]])('is not %j', (sent) => {
    const form = fill(StringField('Text'), sent);
    expect(form.data.value).toBe('');
    expect(form.messages()).toEqual({ value: ['Not a valid text value.'] });
  });

  it.each(['a\0b', '\ud83d', 'a\udc4d', '\udc4d\ud83d'])('%j cannot be saved', async (sent) => {
    expect(await errorsOf([StringField('Text')], sent)).toEqual([
      'This field contains characters that cannot be saved.',
    ]);
  });

  it.each(['👍', 'e\u0301', '\u200f', '\ufffd', "<b>&'"])('%j can be saved', async (sent) => {
    expect(await errorsOf([StringField('Text')], sent)).toEqual([]);
    expect(fill(StringField('Text'), sent).data.value).toBe(sent);
  });
});

describe('An input that browsers check', () => {
  it.each(['susan', 'susan@', '@example.com', 'a b@example.com', 'susan@exa_mple.com', 'susan@-example.com'])(
    'of addresses refuses %j, as they do',
    async (sent) => {
      expect(await errorsOf([EmailField('Email')], sent)).toEqual(['Invalid email address.']);
    },
  );

  it.each(['', 'susan@localhost', ' susan@example.com ', 'susan+1@example.com', 'susan@bücher.example'])(
    'of addresses takes %j, as they do',
    async (sent) => {
      expect(await errorsOf([EmailField('Email')], sent)).toEqual([]);
    },
  );

  it.each(['example.com', '/path', 'http://', 'http://[1'])(
    'of URLs refuses %j, as they do',
    async (sent) => {
      expect(await errorsOf([URLField('URL')], sent)).toEqual(['Invalid URL.']);
    },
  );

  it.each(['', 'https://example.com', 'mailto:susan@example.com', 'data:,x'])(
    'of URLs takes %j, as they do',
    async (sent) => {
      expect(await errorsOf([URLField('URL')], sent)).toEqual([]);
    },
  );
});

describe('The control of a text', () => {
  it.each([
    [StringField('Text'), 'input', 'text'],
    [PasswordField('Text'), 'input', 'password'],
    [EmailField('Text'), 'input', 'email'],
    [URLField('Text'), 'input', 'url'],
    [TelField('Text'), 'input', 'tel'],
    [SearchField('Text'), 'input', 'search'],
    [HiddenField(), 'input', 'hidden'],
    [TextAreaField('Text'), 'textarea', undefined],
  ])('has its element and type', (field, element, type) => {
    const shown = new Form(oneField([field])).fieldNamed('value');
    expect([shown.element, shown.type]).toEqual([element, type]);
  });

  it('shows what was typed, as it was typed', () => {
    expect(fill(TextAreaField('Text'), ' one\r\n').fieldNamed('value').value).toBe(' one\r\n');
    expect(fill(EmailField('Email'), ' susan ').fieldNamed('value').value).toBe(' susan ');
  });

  it('never shows a secret again', () => {
    const field = PasswordField('Secret');
    const form = fillForm(oneField([field], 'catcatcat'), { value: 'dogdogdog' });
    expect(form.fieldNamed('value').value).toBe('');
    expect(new Form(oneField([field], 'catcatcat')).fieldNamed('value').value).toBe('');
  });
});

import { BooleanField, EmailField, Form, PasswordField, SelectField, StringField } from '.';

class LoginDto {
  @StringField('Username', { help: 'As on your profile.' })
  username = 'susan';

  @PasswordField('Password')
  password = 'catcatcat';

  @BooleanField('Remember me')
  remember_me = false;
}

function show(typed?: Record<string, unknown>) {
  return new Form(new LoginDto(), typed);
}

describe('Form', () => {
  it('shows the values of its DTO before anything is typed', () => {
    expect(show()).toMatchObject({
      isPosted: false,
      username: {
        id: 'username',
        label: 'Username',
        type: 'text',
        value: 'susan',
        help: 'As on your profile.',
      },
      remember_me: { element: 'checkbox', checked: false },
    });
  });

  it('shows what was typed afterwards, and the value of the DTO where nothing was sent', () => {
    expect(show({ username: ' john ', remember_me: 'y' })).toMatchObject({
      isPosted: true,
      username: { value: ' john ' },
      remember_me: { checked: true },
    });
    expect(show({}).fieldNamed('username').value).toBe('susan');
    expect(show({ username: '' }).fieldNamed('username').value).toBe('');
  });

  it('never shows a password', () => {
    for (const form of [show(), show({ password: 'catcatcat' })]) {
      expect(form.fieldNamed('password').value).toBe('');
      expect(JSON.stringify(form.fieldNamed('password'))).not.toContain('catcatcat');
    }
  });

  it('keeps its DTO and what was sent out of the reach of templates, which see own properties only', () => {
    const field = show({ password: 'dogdogdog' }).fieldNamed('password');
    expect(field).toMatchObject({ data: 'catcatcat', initial: 'catcatcat', sent: 'dogdogdog' });
    for (const name of ['data', 'initial', 'sent', 'declaration'])
      expect(Object.hasOwn(field, name)).toBe(false);
  });

  it.each([
    ['a\0b', 'ab'],
    ['a\ud83d', 'a\ufffd'],
    ['👍', '👍'],
    [7, '7'],
    [['susan'], 'susan'],
    [{ toString: 'susan' }, ''],
    [null, ''],
  ])('shows %j as %j', (typed, value) => {
    expect(show({ username: typed }).fieldNamed('username').value).toBe(value);
  });

  it('holds until something is wrong with a field or with the whole', () => {
    for (const name of ['username', undefined]) {
      const form = show();
      expect(form.isValid).toBe(true);
      form.addError(name, 'No.');
      expect(form.isValid).toBe(false);
    }
  });

  it('puts a message beside its field', () => {
    const form = show();
    form.addError('username', 'Please use a different username.');
    expect(form.messages()).toEqual({ username: ['Please use a different username.'] });
    expect(form.errors).toEqual([]);
  });

  it.each([undefined, 'email', 'errors', 'constructor', '__proto__'])(
    'puts a message about %s, which is no field, above the form',
    (name) => {
      const form: Form<object> = show();
      form.addError(name, 'No.');
      expect(form.errors).toEqual(['No.']);
      expect(form.messages()).toEqual({ '': ['No.'] });
      expect(form.fieldNamed(String(name))).toBeUndefined();
    },
  );

  it.each([
    ...Object.getOwnPropertyNames(new Form({})),
    ...Object.getOwnPropertyNames(Form.prototype),
    'form',
    'toString',
  ])('refuses a field named %s', (name) => {
    class WrongDto extends LoginDto {}
    StringField('Wrong')(WrongDto.prototype, name);
    expect(() => new Form(new WrongDto())).toThrow(`A form cannot have a field named ${name}`);
  });

  it('has its fields by name and in the order of their declaration', () => {
    const form = show();
    expect(form.fields.map(({ name }) => name)).toEqual(['username', 'password', 'remember_me']);
    expect(form.fieldNamed('username')).toBe(form.fields[0]);
    expect(form).toHaveProperty('username', form.fields[0]);
  });

  it('has the fields of an inherited DTO first, and gives it none', () => {
    class ResetDto extends LoginDto {
      @EmailField('Email')
      email = '';
    }
    const names = (dto: object) => new Form(dto).fields.map(({ name }) => name);
    expect(names(new ResetDto())).toEqual(['username', 'password', 'remember_me', 'email']);
    expect(names(new LoginDto())).toEqual(['username', 'password', 'remember_me']);
  });

  it('leaves a field that is declared again in its place', () => {
    class GermanLoginDto extends LoginDto {
      @StringField('Benutzername')
      override username = 'john';
    }
    const [first] = new Form(new GermanLoginDto()).fields;
    expect(first).toMatchObject({ name: 'username', label: 'Benutzername', value: 'john' });
    expect(show().fieldNamed('username').label).toBe('Username');
  });

  it('marks the choice that the DTO has, or that was sent', () => {
    class PetDto {
      @SelectField('Pet', { choices: ['cat', 'dog'] })
      pet = 'cat';
    }
    const selected = (form: Form<PetDto>) =>
      form
        .fieldNamed('pet')
        .options.filter(({ isSelected }) => isSelected)
        .map(({ text }) => text);
    expect(selected(new Form(new PetDto()))).toEqual(['cat']);
    expect(selected(new Form(new PetDto(), {}))).toEqual(['cat']);
    expect(selected(new Form(new PetDto(), { pet: 'dog' }))).toEqual(['dog']);
    expect(selected(new Form(new PetDto(), { pet: 'cow' }))).toEqual([]);
  });
});

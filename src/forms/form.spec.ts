import { Field } from './field.decorator';
import { Form } from './form';
import { FormField } from './form-field';

class LoginDto {
  @Field({ label: 'Username', help: 'As on your profile.', attributes: { maxlength: 64 } })
  username = 'susan';

  @Field({ label: 'Password', type: 'password' })
  password = 'catcatcat';

  @Field({ label: 'Remember me', type: 'checkbox' })
  remember_me = false;
}

type Shown = Form<LoginDto> & Record<keyof LoginDto, FormField & { control: Record<string, unknown> }>;

function show(typed?: Record<string, unknown>): Shown {
  return new Form(new LoginDto(), typed) as Shown;
}

describe('Form', () => {
  it('shows the values of its DTO before anything is typed', () => {
    const { username, remember_me } = show();
    expect(username).toMatchObject({ label: 'Username', type: 'text', value: 'susan' });
    expect(remember_me).toMatchObject({ type: 'checkbox', checked: false });
  });

  it('shows what was typed afterwards, and only that', () => {
    expect(show({ username: 'john', remember_me: '' })).toMatchObject({
      username: { value: 'john' },
      remember_me: { checked: true },
    });
    expect(show({}).username.value).toBe('');
  });

  it('never shows a password', () => {
    expect(JSON.stringify(show().password)).not.toContain('catcatcat');
    expect(JSON.stringify(show({ password: 'catcatcat' }).password)).not.toContain('catcatcat');
  });

  it.each([
    ['a\0b', 'ab'],
    ['a\ud83d', 'a\ufffd'],
    ['👍', '👍'],
    [['susan'], ''],
    [{ toString: 'susan' }, ''],
  ])('shows %j as %j', (typed, value) => {
    expect(show({ username: typed }).username.value).toBe(value);
  });

  it('holds until something is wrong with a field or with the whole', () => {
    for (const field of ['username', undefined]) {
      const form = show();
      expect(form.isValid).toBe(true);
      form.addError(field, 'No.');
      expect(form.isValid).toBe(false);
    }
  });

  it('puts a message beside its field, and tells the control so', () => {
    const form = show();
    expect(form.username.control).toMatchObject({ maxlength: 64, 'aria-describedby': 'username-help' });
    expect(form.username.control['aria-invalid']).toBeUndefined();
    form.addError('username', 'Please use a different username.');
    expect(form.hasError('username')).toBe(true);
    expect(form.hasError('password')).toBe(false);
    expect(form.errors).toEqual([]);
    expect(form.username.errors).toEqual(['Please use a different username.']);
    expect(form.username.control).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': 'username-errors username-help',
    });
  });

  it.each([undefined, 'email', 'errors', 'constructor', '__proto__'])(
    'puts a message about %s, which is no field, above the form',
    (name) => {
      const form = show();
      form.addError(name, 'No.');
      expect(form.errors).toEqual(['No.']);
      expect(form.hasError(String(name))).toBe(false);
    },
  );

  it.each(['data', 'errors', 'isValid', 'addError', 'constructor', 'toString'])(
    'refuses a field named %s',
    (name) => {
      const wrong = {};
      Field({ label: 'Wrong' })(wrong, name);
      expect(() => new Form(wrong)).toThrow(`A form cannot have a field named ${name}`);
    },
  );

  it('has the fields of an inherited DTO first, and gives it none', () => {
    class ResetDto extends LoginDto {
      @Field({ label: 'Email' })
      email = '';
    }
    const names = (form: object) =>
      Object.keys(form).filter((name) => !['data', 'errors', 'fields'].includes(name));
    expect(names(new Form(new ResetDto()))).toEqual(['username', 'password', 'remember_me', 'email']);
    expect(names(show())).toEqual(['username', 'password', 'remember_me']);
  });
});

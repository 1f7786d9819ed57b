import { BooleanField, IntegerField, PasswordField, SelectMultipleField, StringField, fillForm } from '.';

class ProfileDto {
  @StringField('Username')
  username!: string;

  @IntegerField('Age')
  age!: number | null;

  @PasswordField('Password')
  password!: string;

  @BooleanField('Remember me')
  remember_me!: boolean;

  @SelectMultipleField('Pets', { choices: ['cat', 'dog'] })
  pets!: string[];

  constructor(readonly originalUsername?: string) {}
}

const EMPTY = { username: '', age: null, password: '', remember_me: false, pets: [] };

describe('fillForm', () => {
  const fill = (body: unknown) => fillForm(new ProfileDto('susan'), body).data;

  it('makes converted values of what was sent', () => {
    const body = { username: '\t susan \n', age: ' 42 ', password: ' a b ', remember_me: 'y', pets: 'dog' };
    expect(fill(body)).toEqual(
      Object.assign(new ProfileDto('susan'), {
        username: 'susan',
        age: 42,
        password: ' a b ',
        remember_me: true,
        pets: ['dog'],
      }),
    );
  });

  it.each([undefined, null, {}, 7, 'username=john', []])('takes what is missing in %j for empty', (body) => {
    expect(fill(body)).toMatchObject(EMPTY);
  });

  it('leaves a field that was not sent what the DTO has, save a checkbox and several choices', () => {
    const values = { username: 'susan', age: 42, password: 'catcatcat', remember_me: true, pets: ['cat'] };
    const dto = Object.assign(new ProfileDto(), values);
    expect(fillForm(dto, {}).data).toMatchObject({ ...values, remember_me: false, pets: [] });
  });

  it.each([[['susan']], [{ a: 1 }], [7], [null]])(
    'refuses %j for a text, and leaves the text empty',
    (value) => {
      const form = fillForm(new ProfileDto(), { username: value });
      expect(form.data.username).toBe('');
      expect(form.messages()).toEqual({ username: ['Not a valid text value.'] });
    },
  );

  it('does not read what is no field, what only the server knows included', () => {
    const data = fill({ username: 'john', originalUsername: 'john', isAdmin: true });
    expect(data).toEqual(Object.assign(new ProfileDto('susan'), { ...EMPTY, username: 'john' }));
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'validate_username'])(
    'is not harmed by %s in the body',
    (name) => {
      const body: unknown = JSON.parse(`{ "${name}": { "isAdmin": true, "username": "john" } }`);
      const data = fill(body);
      expect(data).toBeInstanceOf(ProfileDto);
      expect(data).not.toHaveProperty('isAdmin');
      expect({}).not.toHaveProperty('isAdmin');
      expect(data.username).toBe('');
      expect(Object.hasOwn(data, name)).toBe(false);
    },
  );

  it('does not read what the body inherits', () => {
    expect(fill(Object.create({ username: 'john' })).username).toBe('');
  });

  it('keeps what was typed, as it was typed, to be shown again', () => {
    const form = fillForm(new ProfileDto(), { username: ' susan ', age: 'forty' });
    expect(form).toMatchObject({ username: { value: ' susan ' }, age: { value: 'forty' } });
    expect(form.fieldNamed('age')).toMatchObject({ data: null, sent: 'forty' });
  });

  it('calls a setter of the DTO', () => {
    class LoudDto {
      #name = '';
      @StringField('Name')
      get name(): string {
        return this.#name;
      }
      set name(name: string) {
        this.#name = name.toUpperCase();
      }
    }
    expect(fillForm(new LoudDto(), { name: 'susan' }).data.name).toBe('SUSAN');
  });
});

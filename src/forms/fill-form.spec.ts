import { Field } from './field.decorator';
import { fillForm } from './fill-form';

class ProfileDto {
  @Field({ label: 'Username' })
  username!: string;

  @Field({ label: 'About me', type: 'textarea' })
  about_me!: string;

  @Field({ label: 'Password', type: 'password' })
  password!: string;

  @Field({ label: 'Remember me', type: 'checkbox' })
  remember_me!: boolean;

  constructor(readonly originalUsername?: string) {}
}

describe('fillForm', () => {
  const fill = (body: unknown) => fillForm(new ProfileDto('susan'), body).data;

  it('trims text, and leaves a password as it was typed', () => {
    expect(fill({ username: '\t susan \n', password: ' a b ' })).toMatchObject({
      username: 'susan',
      password: ' a b ',
    });
  });

  it('makes the line breaks of a browser line feeds', () => {
    expect(fill({ about_me: 'one\r\ntwo\rthree\nfour' }).about_me).toBe('one\ntwo\nthree\nfour');
  });

  it('takes a checkbox for ticked when it was sent, whatever its value', () => {
    expect(fill({ remember_me: 'y' }).remember_me).toBe(true);
    expect(fill({ remember_me: '' }).remember_me).toBe(true);
    expect(fill({}).remember_me).toBe(false);
  });

  it.each([undefined, null, {}])('takes what is missing in %j for empty', (body) => {
    expect(fill(body)).toMatchObject({
      username: '',
      about_me: '',
      password: '',
      remember_me: false,
    });
  });

  it.each([[['susan']], [{ a: 1 }], [7], [null]])('leaves %j for the checks to refuse', (value) => {
    expect(fill({ username: value }).username).toEqual(value);
  });

  it('does not read what is no field', () => {
    expect(fill({ username: 'john', originalUsername: 'john', isAdmin: true })).toEqual(
      Object.assign(new ProfileDto('susan'), fill({ username: 'john' })),
    );
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
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

  it('keeps what was typed, as it was typed, to be shown again', () => {
    const form = fillForm(new ProfileDto(), { username: ' susan ' });
    expect(form).toMatchObject({ username: { value: ' susan ' } });
  });
});

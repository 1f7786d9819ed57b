import { MinLength, validate } from 'class-validator';
import {
  DataRequired,
  Disabled,
  EqualTo,
  InputRequired,
  IntegerField,
  Length,
  NumberRange,
  Optional,
  PasswordField,
  ReadOnly,
  StringField,
  ValidateWith,
  ValidationError,
  fillForm,
} from '..';

class RegisterDto {
  @StringField('Username')
  @DataRequired()
  @Length({ max: 8 })
  @MinLength(2)
  username!: string;

  @IntegerField('Age')
  @Optional()
  @NumberRange({ min: 18 })
  age!: number | null;

  @PasswordField('Password')
  @InputRequired()
  password!: string;

  @PasswordField('Repeat password')
  @EqualTo('password')
  password2!: string;

  @StringField('Code')
  @Disabled()
  @ReadOnly()
  code = 'x';
}

const VALID = { username: 'susan', age: 30, password: 'catcatcat', password2: 'catcatcat' };

async function wrong(dto: object): Promise<Record<string, string[]>> {
  const errors = await validate(dto);
  return Object.fromEntries(
    errors.map(({ property, constraints = {} }) => [property, Object.values(constraints)]),
  );
}

describe("class-validator's own validate()", () => {
  const ask = (values: object) => wrong(Object.assign(new RegisterDto(), VALID, values));

  it('passes a DTO that no form has filled', async () => {
    expect(await ask({})).toEqual({});
  });

  it('passes a DTO that a form has filled', async () => {
    expect(await wrong(fillForm(new RegisterDto(), { ...VALID, age: '30' }).data)).toEqual({});
  });

  it('says what our validators and its own find', async () => {
    expect(await ask({ username: '', password: '', password2: 'dog' })).toEqual({
      username: ['username must be longer than or equal to 2 characters', 'This field is required.'],
      password: ['This field is required.'],
      password2: ['Field must be equal to password.'],
    });
    expect(await ask({ username: 'x'.repeat(9) })).toEqual({
      username: ['Field cannot be longer than 8 characters.'],
    });
  });

  it('checks an optional value that is there', async () => {
    expect(await ask({ age: 17 })).toEqual({ age: ['Number must be at least 18.'] });
    expect(await ask({ age: null })).toEqual({});
  });

  it('refuses with what a function throws', async () => {
    class OwnDto {
      @StringField('Name')
      @ValidateWith(({ data }) => {
        if (data === 'john') throw new ValidationError('Not john.');
      })
      name = 'susan';
    }
    expect(await wrong(new OwnDto())).toEqual({});
    await expect((async () => wrong(Object.assign(new OwnDto(), { name: 'john' })))()).rejects.toThrow(
      'Not john.',
    );
  });
});

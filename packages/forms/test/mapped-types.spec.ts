import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/mapped-types';
import {
  BooleanField,
  DataRequired,
  EqualTo,
  FormDeclarationError,
  IntegerField,
  Length,
  PasswordField,
  SelectMultipleField,
  StringField,
  TextAreaField,
  ValidationError,
  fieldsOf,
  fillForm,
} from '../src';
import { BoundField } from '../src/field';
import { check, messages } from './form-check';

class PersonDto {
  @StringField('Name') @DataRequired() @Length({ max: 10 }) name!: string;
  @TextAreaField('About') about = 'Nothing yet';

  validate_name({ data }: BoundField): void {
    if (data === 'root') throw new ValidationError('Nobody is called that.');
  }
}

class CommentDto {
  @TextAreaField('Comment') comment!: string;
}

class AccountDto extends PersonDto {
  @PasswordField('Password') @DataRequired() password!: string;
  @PasswordField('Repeat') @EqualTo('password') password2!: string;
  @IntegerField('Age') age!: number | null;
  @BooleanField('Newsletter') newsletter!: boolean;
  @SelectMultipleField('Tags', { choices: ['a', 'b'] }) tags!: string[];

  validate_form(): void {
    if (this.name === this.about) throw new ValidationError('Say more.');
  }
}

const ALL = ['name', 'about', 'password', 'password2', 'age', 'newsletter', 'tags'];

/** Without what only a person types, as an API would have it. */
class ChangeDto extends PartialType(OmitType(AccountDto, ['password', 'password2'])) {}

describe('A mapped type of a form', () => {
  it.each([
    ['PartialType', PartialType(AccountDto), ALL],
    [
      'OmitType',
      OmitType(AccountDto, ['about', 'tags']),
      ['name', 'password', 'password2', 'age', 'newsletter'],
    ],
    ['PickType', PickType(AccountDto, ['age', 'name']), ['name', 'age']],
    ['IntersectionType', IntersectionType(CommentDto, PersonDto), ['comment', 'name', 'about']],
    ['a class that extends one', ChangeDto, ['name', 'about', 'age', 'newsletter', 'tags']],
  ])('has the fields of its class, in their order: %s', (_name, type, names) => {
    expect([...fieldsOf(type.prototype as object).keys()]).toEqual(names);
    expect([...fieldsOf(new type()).keys()]).toEqual(names);
  });

  it('checks them as its class does', async () => {
    class Picked extends PickType(AccountDto, ['name']) {}
    expect(await messages(new Picked(), { name: '' })).toEqual({ name: ['This field is required.'] });
    expect(await messages(new Picked(), { name: 'x'.repeat(11) })).toEqual({
      name: ['Field cannot be longer than 10 characters.'],
    });
    expect(await messages(new Picked(), { name: 'root' })).toEqual({ name: ['Nobody is called that.'] });
  });

  it('checks itself as a whole with the method of its class, where it has all its fields', async () => {
    class Whole extends PartialType(AccountDto) {}
    const alike = { name: 'susan', about: 'susan' };
    expect(await messages(new Whole(), alike)).toEqual({ '': ['Say more.'] });
    expect(await messages(new ChangeDto(), alike)).toEqual({});
  });

  it('starts with the values of its class', () => {
    expect(new ChangeDto().about).toBe('Nothing yet');
  });

  it('cannot compare with a field that it has left out', () => {
    class Omitted extends OmitType(AccountDto, ['password']) {}
    expect(() => fillForm(new Omitted(), {})).toThrow(FormDeclarationError);
  });

  it('may replace a field', async () => {
    class Replaced extends PickType(AccountDto, ['name', 'age']) {
      @IntegerField('Number') override name!: never;
    }
    const form = await check(new Replaced(), { name: '3', age: '4' });
    expect([...fieldsOf(new Replaced()).keys()]).toEqual(['name', 'age']);
    expect(form.data).toEqual({ name: 3, age: 4 });
  });

  describe('that is partial, sent as JSON', () => {
    const sent = async (body: object) => {
      const form = await check(new ChangeDto(), body, {}, undefined, true);
      return { data: { ...(form.data as object) }, messages: form.messages() };
    };

    it('leaves undefined what is left out', async () => {
      expect(await sent({ age: 7 })).toEqual({ data: { about: 'Nothing yet', age: 7 }, messages: {} });
    });

    it('checks what is there', async () => {
      expect((await sent({ name: 'x'.repeat(11), newsletter: 'no' })).messages).toEqual({
        name: ['Field cannot be longer than 10 characters.'],
        newsletter: ['Not a valid boolean value.'],
      });
    });
  });

  it('that is partial, sent by a browser, has a box that is not ticked as false', async () => {
    expect((await check(new ChangeDto(), { name: 'susan' })).data).toMatchObject({
      newsletter: false,
      tags: [],
      age: null,
    });
  });
});

import { validate } from 'class-validator';
import { BooleanField, DateField, EqualTo, IntegerField, PasswordField, StringField } from '..';
import { messages } from '../../test/form-check';

class PasswordDto {
  @PasswordField('Password') password!: string;
  @PasswordField('Repeat') @EqualTo('password') repeat!: string;
}

describe('EqualTo', () => {
  it('passes the same, blanks included', async () => {
    expect(await messages(new PasswordDto(), { password: ' cat ', repeat: ' cat ' })).toEqual({});
    expect(await messages(new PasswordDto(), { password: ' cat ', repeat: 'cat' })).toEqual({
      repeat: ['Field must be equal to password.'],
    });
  });

  it('has a message of its own where one is given', async () => {
    class OwnDto {
      @StringField('One') one!: string;
      @StringField('Two') @EqualTo('one', { message: 'Like $constraint1!' }) two!: string;
    }
    expect(await messages(new OwnDto(), { one: 'a', two: 'b' })).toEqual({ two: ['Like one!'] });
  });

  it('compares values, converted, of a type', async () => {
    class TypesDto {
      @IntegerField('Number') number!: number;
      @IntegerField('Same') @EqualTo('number') same!: number;
      @StringField('Text') @EqualTo('number', { message: 'No number.' }) text!: string;
      @DateField('Day') day!: Date;
      @DateField('Same day') @EqualTo('day') same_day!: Date;
      @BooleanField('Box') @EqualTo('number', { message: 'No number either.' }) box!: boolean;
    }
    const body = { number: '1', same: '01', text: '1', day: '2026-07-01', same_day: '2026-07-01', box: 'y' };
    expect(await messages(new TypesDto(), body)).toEqual({
      text: ['No number.'],
      box: ['No number either.'],
    });
  });

  it.each(['pasword', 'constructor', 'secret'])(
    'tells the developer, and no visitor, that there is no field %s',
    async (name) => {
      class TypoDto {
        @StringField('Text') @EqualTo(name) text!: string;
        readonly secret = 'x';
      }
      const fault = `TypoDto.text: invalid field name '${name}', TypoDto has no such field`;
      await expect(messages(new TypoDto(), { text: 'x' })).rejects.toThrow(fault);
      await expect(async () => validate(Object.assign(new TypoDto(), { text: 'x' }))).rejects.toThrow(fault);
    },
  );
});

import { Length, NumberRange, IntegerField, Optional, StringField, ValidationError, fillForm } from '.';
import { messages } from '../../test/support/form-check';

class PersonDto {
  @StringField('Name')
  @Length({ min: 3 })
  name!: string;

  @IntegerField('Age')
  @Optional()
  @NumberRange({ min: 18 })
  age!: number | null;

  validate_name(): void {
    if (this.name.startsWith('x')) throw new ValidationError('Not with an x.');
  }
}

class MemberDto extends PersonDto {
  @StringField('Town')
  @Length({ max: 4 })
  town!: string;

  @IntegerField('Age')
  @NumberRange({ min: 21 })
  declare age: number | null;
}

class LenientDto extends PersonDto {
  override validate_name(): void {
    throw new ValidationError(`Says ${this.constructor.name}.`);
  }
}

describe('A DTO that extends another', () => {
  it('has its validators, inline ones too', async () => {
    expect(await messages(new MemberDto(), { name: 'x', age: '30', town: 'London' })).toEqual({
      name: ['Field must be at least 3 characters long.', 'Not with an x.'],
      town: ['Field cannot be longer than 4 characters.'],
    });
  });

  it('may have others for a field that it declares again', async () => {
    const ask = (dto: object) => messages(dto, { name: 'susan', age: '20', town: '' });
    expect(await ask(new MemberDto())).toEqual({ age: ['Number must be at least 21.'] });
    expect(await ask(new PersonDto())).toEqual({});
    expect(fillForm(new MemberDto(), {}).fieldNamed('age')?.flags.min).toBe(21);
  });

  it('keeps a field optional that was', async () => {
    expect(await messages(new MemberDto(), { name: 'susan', age: '', town: '' })).toEqual({});
  });

  it('may override an inline validator', async () => {
    expect(await messages(new LenientDto(), { name: 'xenia', age: '' })).toEqual({
      name: ['Says LenientDto.'],
    });
    expect(await messages(new PersonDto(), { name: 'susan', age: '' })).toEqual({});
  });

  it('adds nothing to the other, or to a sister', async () => {
    class SisterDto extends PersonDto {}
    const names = (dto: object) => fillForm(dto, {}).fields.map(({ name }) => name);
    expect(names(new MemberDto())).toEqual(['name', 'age', 'town']);
    expect(names(new SisterDto())).toEqual(['name', 'age']);
    expect(await messages(new SisterDto(), { name: 'susan', age: '20', town: 'London' })).toEqual({});
  });

  it('has the rules of the nearest class that has any of its own', async () => {
    class ShortDto {
      @StringField('Name') @Length({ max: 3 }) name!: string;
    }
    class LongDto extends ShortDto {
      @StringField('Name') @Length({ max: 10 }) declare name: string;
    }
    class HeirDto extends LongDto {}
    for (const dto of [new LongDto(), new HeirDto()]) {
      const form = fillForm(dto, { name: 'abcdef' });
      expect(form.fieldNamed('name')?.flags.maxlength).toBe(10);
      expect(await messages(dto, { name: 'abcdef' })).toEqual({});
    }
  });
});

import { Equals, IsNotEmpty, MinLength } from 'class-validator';
import { Form, IntegerField, StopValidation, StringField, ValidationError } from '../src';
import { check, messages } from './form-check';

class RangeDto {
  @IntegerField('From') from!: number;
  @IntegerField('To') to!: number;

  constructor(readonly mistake: Error = new ValidationError('From must come before to.')) {}

  validate_form(form: Form<RangeDto>): void {
    if (form.data !== this) throw new TypeError('another form');
    if (this.from > this.to) throw this.mistake;
  }
}

describe('validate_form', () => {
  const ask = (from: string, to: string, mistake?: Error) => messages(new RangeDto(mistake), { from, to });

  it('says what is wrong with the form as a whole', async () => {
    expect(await ask('2', '1')).toEqual({ '': ['From must come before to.'] });
    expect(await ask('1', '2')).toEqual({});
  });

  it('is not asked while something is wrong with a field', async () => {
    expect(await ask('2', 'x')).toEqual({ to: ['Not a valid integer value.'] });
  });

  it('says something even without words', async () => {
    expect(await ask('2', '1', new ValidationError())).toEqual({ '': ['Invalid input.'] });
  });

  it('can stop with a message, and without one lets the form pass', async () => {
    expect(await ask('2', '1', new StopValidation('Enough.'))).toEqual({ '': ['Enough.'] });
    expect(await ask('2', '1', new StopValidation())).toEqual({});
  });

  it('that fails itself fails loudly', async () => {
    await expect(ask('2', '1', new RangeError('a bug'))).rejects.toThrow('a bug');
  });

  it('may be waited for', async () => {
    class WaitingDto {
      @StringField('Name') name!: string;
      async validate_form(): Promise<void> {
        await Promise.resolve();
        throw new ValidationError('Later.');
      }
    }
    expect(await messages(new WaitingDto(), { name: 'susan' })).toEqual({ '': ['Later.'] });
  });

  it('can put a message beside a field itself', async () => {
    class PlacingDto {
      @StringField('Name') name!: string;
      validate_form(form: Form<PlacingDto>): void {
        form.addError('name', 'Not you.');
      }
    }
    expect(await messages(new PlacingDto(), { name: 'susan' })).toEqual({ name: ['Not you.'] });
  });
});

describe('A property that is no field', () => {
  class ContextDto {
    @StringField('Name')
    @MinLength(3, { message: 'Longer.' })
    name!: string;

    @IsNotEmpty({ message: 'There is no $property.' })
    @Equals('susan', { message: 'Not of susan.' })
    readonly owner: string;

    constructor(owner: string) {
      this.owner = owner;
    }
  }

  it('is checked, and what is wrong with it is the matter of the form', async () => {
    expect(await messages(new ContextDto(''), { name: 'john' })).toEqual({
      '': ['There is no owner.', 'Not of susan.'],
    });
    expect(await messages(new ContextDto('susan'), { name: 'john' })).toEqual({});
  });

  it('cannot be sent, and stands after the fields', async () => {
    const form = await check(new ContextDto('john'), { name: 'jo', owner: 'susan' });
    expect(form.messages()).toEqual({ '': ['Not of susan.'], name: ['Longer.'] });
  });
});

import {
  BooleanField,
  Form,
  BoundField,
  IntegerField,
  Length,
  NumberRange,
  StopValidation,
  StringField,
  ValidationError,
  fillForm,
} from '../src';
import { messages } from './form-check';

class InviteDto {
  @StringField('Name')
  @Length({ max: 5 })
  name!: string;

  @IntegerField('Guests')
  @NumberRange({ max: 8 })
  guests!: number | null;

  constructor(private readonly host = 'susan') {}

  validate_name({ data }: BoundField): void {
    if (data === this.host) throw new ValidationError(`You are ${this.host}.`);
    if (data === 'nobody') throw new StopValidation('Nobody comes.');
    if (data === 'anybody') throw new StopValidation();
    if (data === 'bug') throw new RangeError('a bug');
  }

  async validate_guests({ data }: BoundField, { data: dto }: Form<InviteDto>): Promise<void> {
    await Promise.resolve();
    if (data === 7) throw new ValidationError(`Make it eight, ${dto.name}.`);
    if (data === 6) throw new StopValidation('Not six.');
    if (data === 5) throw new Error('an async bug');
  }
}

describe('validate_<field>', () => {
  const invite = (name: string, guests = '1') => messages(new InviteDto(), { name, guests });

  it('says what is wrong with its field, and knows the DTO as `this`', async () => {
    expect(await invite('susan')).toEqual({ name: ['You are susan.'] });
    expect(await invite('john')).toEqual({});
    expect(await messages(new InviteDto('john'), { name: 'john', guests: '1' })).toEqual({
      name: ['You are john.'],
    });
  });

  it('may be waited for, and knows the form', async () => {
    expect(await invite('john', '7')).toEqual({ guests: ['Make it eight, john.'] });
  });

  it('comes after the other validators, which may have failed', async () => {
    expect(await messages(new InviteDto('susanna'), { name: 'susanna', guests: '1' })).toEqual({
      name: ['Field cannot be longer than 5 characters.', 'You are susanna.'],
    });
  });

  it('is not waited for when the field is wrong already', async () => {
    class OldDto extends InviteDto {
      override async validate_guests(): Promise<void> {
        await super.validate_guests({ data: 5 } as BoundField, new Form(this));
      }
    }
    expect(await messages(new InviteDto(), { name: 'john', guests: 'five' })).toEqual({
      guests: ['Not a valid integer value.', 'Number must be at most 8.'],
    });
    await expect(messages(new OldDto(), { name: 'john', guests: '1' })).rejects.toThrow('an async bug');
  });

  it('has to say that it waits for something', async () => {
    class LateDto {
      @StringField('Name') name!: string;

      validate_name(): Promise<void> {
        return Promise.reject(new Error('an async bug'));
      }
    }
    await expect(messages(new LateDto(), { name: 'john' })).rejects.toThrow(
      'The validator validate_name of name returns a promise: declare it async',
    );
  });

  it('is none where it is a value of that name', async () => {
    class TermsDto {
      @StringField('Email') email!: string;
      @BooleanField('Validate terms') validate_email = false;
      @BooleanField('Validate others') validate_others = false;
    }
    expect(await messages(new TermsDto(), { validate_email: 'y', validate_others: 'y' })).toEqual({});
  });

  it('can stop, with a message or without, and takes back what was said before', async () => {
    expect(await invite('nobody')).toEqual({ name: ['Nobody comes.'] });
    expect(await invite('anybody')).toEqual({});
    expect(await invite('john', '6')).toEqual({ guests: ['Not six.'] });
  });

  it('that fails itself fails loudly', async () => {
    await expect(invite('bug')).rejects.toThrow(new RangeError('a bug'));
    await expect(invite('john', '5')).rejects.toThrow('an async bug');
  });

  it('may be a property', async () => {
    class ArrowDto {
      @StringField('Name') name!: string;
      readonly host = 'susan';
      readonly validate_name = ({ data }: BoundField): void => {
        if (data === this.host) throw new ValidationError('No.');
      };
    }
    expect(await messages(new ArrowDto(), { name: 'susan' })).toEqual({ name: ['No.'] });
    expect(await messages(new ArrowDto(), { name: 'john' })).toEqual({});
  });

  it('for a field that there is not is a mistake, found when the form is first used', () => {
    class TypoDto {
      @StringField('Name') name!: string;
      validate_nmae(): void {
        throw new ValidationError('never said');
      }
    }
    const mistake = 'TypoDto has a validator validate_nmae, but no field nmae';
    expect(() => fillForm(new TypoDto(), {})).toThrow(mistake);
    expect(() => new Form(new TypoDto())).toThrow(mistake);
  });
});

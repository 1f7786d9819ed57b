import {
  DataRequired,
  FieldValidator,
  Optional,
  StopValidation,
  StringField,
  ValidateWith,
  ValidationError,
} from '../src';
import { messages } from './form-check';

const says = (text: string): FieldValidator => {
  return () => {
    throw new ValidationError(text);
  };
};

class NameDto {
  @StringField('Name')
  @DataRequired()
  @ValidateWith(says('Declared.'))
  name!: string;

  @StringField('Town')
  @Optional()
  town!: string;

  validate_name(): void {
    throw new ValidationError('Inline.');
  }
}

describe('Validators for one request', () => {
  const ask = (extra: Record<string, FieldValidator[]>, name = 'susan', town = '') =>
    messages(new NameDto(), { name, town }, extra);

  it('run in their order, after the declared ones and before the inline one', async () => {
    expect(await ask({ name: [says('First.'), says('Second.')] })).toEqual({
      name: ['Declared.', 'First.', 'Second.', 'Inline.'],
    });
  });

  it('are of that request alone', async () => {
    await ask({ name: [says('Extra.')] });
    expect(await ask({})).toEqual({ name: ['Declared.', 'Inline.'] });
  });

  it('are not asked after a stop', async () => {
    expect(await ask({ name: [says('Extra.')], town: [says('Extra.')] }, '')).toEqual({
      name: ['This field is required.'],
    });
    expect(await ask({ town: [says('Extra.')] }, '', 'Rome')).toMatchObject({ town: ['Extra.'] });
  });

  it('can stop themselves', async () => {
    const stop: FieldValidator = () => {
      throw new StopValidation('Enough.');
    };
    expect(await ask({ name: [stop, says('Later.')] })).toEqual({ name: ['Enough.'] });
  });

  it('may be async, and are then not waited for when the field is wrong already', async () => {
    const waits: FieldValidator = async ({ data }) => {
      await Promise.resolve();
      if (data === 'Rome') throw new ValidationError('Not there.');
    };
    expect(await ask({ town: [waits] }, '', 'Rome')).toMatchObject({ town: ['Not there.'] });
    expect(await ask({ town: [waits] }, '', 'Paris')).not.toHaveProperty('town');
    expect(await ask({ town: [waits, says('Wrong.')] }, '', 'Rome')).toMatchObject({ town: ['Wrong.'] });
  });

  it('that fail themselves fail loudly', async () => {
    const broken: FieldValidator = () => {
      throw new TypeError('a bug');
    };
    await expect(ask({ name: [broken] })).rejects.toThrow('a bug');
  });

  it.each(['nmae', 'constructor', 'valueOf', 'toString'])(
    'of %s, which is no field, are a mistake',
    async (name) => {
      await expect(ask({ [name]: [] })).rejects.toThrow(
        new TypeError(`There is no field ${name} to validate`),
      );
    },
  );
});

import {
  DataRequired,
  Email,
  Form,
  BoundField,
  InputRequired,
  IntegerField,
  Length,
  NumberRange,
  Optional,
  Regexp,
  StopValidation,
  StringField,
  ValidateWith,
  ValidationError,
  Validators,
} from '.';
import { check, errorsOf, messages, oneField } from '../test/form-check';

const INTEGER = IntegerField('Number');
const TEXT = StringField('Text');
const REQUIRED = 'This field is required.';
const NO_INTEGER = 'Not a valid integer value.';

const says = (text: string) =>
  ValidateWith(() => {
    throw new ValidationError(text);
  });
const stops = (text?: string) =>
  ValidateWith(() => {
    throw new StopValidation(text);
  });

describe('The validators of a field', () => {
  it('say nothing where nothing is wrong', async () => {
    const form = await check(oneField([INTEGER, DataRequired(), NumberRange({ max: 3 })]), { value: '3' });
    expect(form).toMatchObject({ isValid: true, errors: [], data: { value: 3 } });
  });

  it('all say what is wrong, in the order of their declaration', async () => {
    const all = [Length({ min: 3 }), Regexp(/x/, { message: 'Begin with x.' }), says('First.'), Email()];
    const [length, regexp, own, email] = [
      'Field must be at least 3 characters long.',
      'Begin with x.',
      'First.',
      'Invalid email address.',
    ];
    expect(await errorsOf([TEXT, ...all], 'a')).toEqual([length, regexp, own, email]);
    expect(await errorsOf([TEXT, ...all.toReversed()], 'a')).toEqual([email, own, regexp, length]);
  });

  it('keep their order inside of Validators(), and around it', async () => {
    const one = Validators(says('2'), Validators(says('3'), says('4')));
    expect(await errorsOf([TEXT, says('1'), one, says('5')], 'a')).toEqual(['1', '2', '3', '4', '5']);
  });

  it('may stand above the field as well as below', async () => {
    expect(await errorsOf([says('1'), TEXT, says('2')], 'a')).toEqual(['1', '2']);
  });

  it('each say what they have to say', async () => {
    expect(await errorsOf([TEXT, says('No.'), says('No.')], 'a')).toEqual(['No.', 'No.']);
  });

  it('say something even without words', async () => {
    expect(await errorsOf([TEXT, says('')], 'a')).toEqual(['Invalid input.']);
  });

  it('come after the conversion, and run although it failed', async () => {
    expect(await errorsOf([INTEGER, NumberRange({ min: 1, max: 3 })], 'abc')).toEqual([
      NO_INTEGER,
      'Number must be between 1 and 3.',
    ]);
  });

  it('run for every field, whatever is wrong with those before', async () => {
    class TwoDto {
      @StringField('Username') @DataRequired() username!: string;
      @IntegerField('Age') age!: number;
      @StringField('Town') @Length({ max: 2 }) town!: string;
    }
    expect(await messages(new TwoDto(), { username: '', age: 'x', town: 'Rome' })).toEqual({
      username: [REQUIRED],
      age: [NO_INTEGER],
      town: ['Field cannot be longer than 2 characters.'],
    });
  });
});

describe('A stop', () => {
  it.each([
    ['DataRequired', DataRequired()],
    ['InputRequired', InputRequired()],
    ['StopValidation', stops(REQUIRED)],
  ])('of %s ends the checks of the field, and takes back what was said before', async (_name, stop) => {
    expect(await errorsOf([TEXT, Email(), stop, says('Later.')], '')).toEqual([REQUIRED]);
  });

  it('takes back a failed conversion too', async () => {
    expect(await errorsOf([INTEGER, DataRequired(), NumberRange({ min: 1 })], 'abc')).toEqual([REQUIRED]);
    expect(await errorsOf([INTEGER, stops()], 'abc')).toEqual([]);
  });

  it('without a message lets the field pass', async () => {
    expect(await errorsOf([TEXT, says('Before.'), stops(), says('Later.')], 'a')).toEqual([]);
  });

  it('of one field is none of another', async () => {
    class TwoDto {
      @StringField('Username') @DataRequired() username!: string;
      @StringField('Town') @Length({ min: 2 }) @Email() town!: string;
    }
    const { town } = await messages(new TwoDto(), { username: '', town: 'x' });
    expect(town).toHaveLength(2);
  });

  it('of Optional is silent, and only for a field that is blank', async () => {
    const optional = [INTEGER, says('Before.'), Optional(), NumberRange({ min: 1 })];
    expect(await errorsOf(optional, ' ')).toEqual([]);
    expect(await errorsOf(optional, '0')).toEqual(['Before.', 'Number must be at least 1.']);
    expect(await errorsOf([INTEGER, Optional()], 'abc')).toEqual([NO_INTEGER]);
  });

  it('does not keep the value that could not be converted', async () => {
    const form = await check(oneField([INTEGER, Optional()], 7), { value: '' });
    expect(form).toMatchObject({ isValid: true, data: { value: null } });
  });
});

describe('A check', () => {
  it('sees the field and the whole form', async () => {
    const seen: unknown[] = [];
    const sees = ValidateWith((field, form) => {
      seen.push(field, form);
    });
    const form = await check(oneField([INTEGER, sees], 1), { value: '2' });
    expect(seen[0]).toBeInstanceOf(BoundField);
    expect(seen[0]).toMatchObject({ name: 'value', data: 2, sent: '2', initial: 1 });
    expect(seen[1]).toBeInstanceOf(Form);
    expect(seen[1]).toBe(form);
  });

  it('that fails itself fails loudly', async () => {
    const broken = ValidateWith(() => {
      throw new TypeError('out of order');
    });
    await expect(errorsOf([TEXT, broken], 'a')).rejects.toThrow(new TypeError('out of order'));
  });
});

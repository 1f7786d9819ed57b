import {
  BooleanField,
  DataRequired,
  InputRequired,
  IntegerField,
  SelectMultipleField,
  StringField,
  fillForm,
} from '..';
import { WithField, errorsOf, messages, oneField } from '../../test/form-check';

const TEXT = StringField('Text', { trim: false });
const INTEGER = IntegerField('Number');
const PETS = SelectMultipleField('Pets', { choices: ['cat', ''] });
const REQUIRED = ['This field is required.'];

describe.each([
  ['DataRequired', DataRequired],
  ['InputRequired', InputRequired],
])('%s', (_name, required) => {
  it.each(['', undefined, null])('refuses %j', async (sent) => {
    expect(await errorsOf([TEXT, required()], sent)).toEqual(REQUIRED);
  });

  it('has a message of its own where one is given', async () => {
    expect(await errorsOf([TEXT, required({ message: 'What is your $property?' })], '')).toEqual([
      'What is your value?',
    ]);
  });

  it('passes text, a number and a choice', async () => {
    expect(await errorsOf([TEXT, required()], 'a')).toEqual([]);
    expect(await errorsOf([INTEGER, required()], '1')).toEqual([]);
    expect(await errorsOf([PETS, required()], ['cat'])).toEqual([]);
  });

  it('refuses no choice at all', async () => {
    expect(await errorsOf([PETS, required()], undefined)).toEqual(REQUIRED);
  });

  it('makes the control required', () => {
    expect(fillForm(oneField([TEXT, required()]), {}).fieldNamed('value').declared).toEqual({
      required: true,
    });
  });
});

describe('What counts for something', () => {
  it.each([
    [TEXT, ' \t\u00a0', false],
    [TEXT, '0', true],
    [INTEGER, '0', false],
    [BooleanField('Box'), 'y', true],
    [BooleanField('Box'), 'false', false],
  ])(
    'depends for DataRequired on the value, for InputRequired on what was sent (case %#)',
    async (field, sent, is) => {
      expect(await errorsOf([field, DataRequired()], sent)).toEqual(is ? [] : REQUIRED);
      expect(await errorsOf([field, InputRequired()], sent)).toEqual([]);
    },
  );

  it('of several that were sent, InputRequired looks at the first', async () => {
    expect(await errorsOf([PETS, InputRequired()], ['', 'cat'])).toEqual(REQUIRED);
  });

  it('the DTO has already, counts for DataRequired alone', async () => {
    expect(await errorsOf([TEXT, DataRequired()], undefined, 'susan')).toEqual([]);
    expect(await errorsOf([TEXT, InputRequired()], undefined, 'susan')).toEqual(REQUIRED);
  });

  it.each([
    [new Map(), false],
    [new Map([[1, 2]]), true],
    [new Set(), false],
    [{}, false],
    [{ a: 1 }, true],
    [NaN, true],
    [new Date(NaN), true],
    [0n, false],
  ])('of things that are no field: %p, %s', async (value, is) => {
    class ContextDto extends WithField {
      @DataRequired() context = value;
    }
    expect(await messages(new ContextDto())).toEqual(is ? {} : { '': REQUIRED });
  });
});

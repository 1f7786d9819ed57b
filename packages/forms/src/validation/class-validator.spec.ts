import {
  ArrayMaxSize,
  Equals,
  IsEmail,
  IsIn,
  IsOptional,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidationOptions,
} from 'class-validator';
import {
  BooleanField,
  DataRequired,
  DateField,
  DateTimeLocalField,
  DecimalField,
  DecimalRangeField,
  EmailField,
  FileField,
  HiddenField,
  IntegerField,
  IntegerRangeField,
  PasswordField,
  RadioField,
  SearchField,
  SelectField,
  SelectMultipleField,
  StringField,
  TelField,
  TextAreaField,
  TimeField,
  URLField,
} from '..';
import { errorsOf, messages } from '../../test/form-check';
import { uploadedFile } from '../../test/uploads/uploaded-file';

const TEXT = StringField('Text');
const INTEGER = IntegerField('Number');

describe("class-validator's decorators", () => {
  it('are checked among the others, in the order of their declaration', async () => {
    const decorators = [TEXT, MinLength(3), DataRequired(), IsEmail()];
    expect(await errorsOf(decorators, 'a')).toEqual([
      'value must be longer than or equal to 3 characters',
      'value must be an email',
    ]);
    expect(await errorsOf(decorators, '')).toEqual(['This field is required.']);
    expect(await errorsOf(decorators, 'susan@example.com')).toEqual([]);
  });

  it.each<[ValidationOptions['message'], string]>([
    ['At least $constraint1.', 'At least 3.'],
    ['$property of $target is "$value".', 'value of OneFieldDto is "$1".'],
    [({ value, constraints }) => `${String(value)}, ${String(constraints[0])}`, '$1, 3'],
    [() => '$constraint1 and $constraint1', '3 and 3'],
    ['$constraint2 and $other', '$constraint2 and $other'],
  ])('say their message with its tokens filled: %s', async (message, said) => {
    expect(await errorsOf([TEXT, MinLength(3, { message })], '$1')).toEqual([said]);
  });

  it('take nothing that was typed for a token', async () => {
    expect(
      await errorsOf([TEXT, MinLength(99, { message: '$value: $constraint1' })], '$constraint1 $property'),
    ).toEqual(['$constraint1 $property: 99']);
  });

  it('check each entry of a list', async () => {
    const pets = SelectMultipleField('Pets', { choices: ['cat', 'dog', 'cow'] });
    const decorators = [pets, IsIn(['cat', 'dog'], { each: true }), ArrayMaxSize(2)];
    expect(await errorsOf(decorators, ['cat', 'dog'])).toEqual([]);
    expect(await errorsOf(decorators, ['cat', 'cow'])).toEqual([
      'each value in value must be one of the following values: cat, dog',
    ]);
    expect(await errorsOf(decorators, ['cat', 'dog', 'cat'])).toEqual([
      'value must contain no more than 2 elements',
    ]);
  });

  it('with a condition of their own are skipped without it', async () => {
    const decorators = [TEXT, MinLength(5, { validateIf: (_dto, value) => value !== 'all' }), MaxLength(2)];
    expect(await errorsOf(decorators, 'all')).toEqual([
      'value must be shorter than or equal to 2 characters',
    ]);
    expect(await errorsOf(decorators, 'any')).toHaveLength(2);
  });

  it('are all skipped where ValidateIf says so, wherever it stands', async () => {
    class ContactDto {
      @BooleanField('Write to me') writes!: boolean;
      @StringField('Email')
      @MinLength(5)
      @ValidateIf((dto: ContactDto) => dto.writes)
      @IsEmail()
      email!: string;
    }
    expect(await messages(new ContactDto(), { email: 'x' })).toEqual({});
    expect((await messages(new ContactDto(), { writes: 'y', email: 'x' })).email).toHaveLength(2);
  });

  it('are skipped for a value that IsOptional finds missing, not for one that could not be read', async () => {
    const decorators = [INTEGER, IsOptional(), Min(3)];
    expect(await errorsOf(decorators, '')).toEqual([]);
    expect(await errorsOf(decorators, null)).toEqual([]);
    expect(await errorsOf(decorators, undefined)).toEqual([]);
    expect(await errorsOf(decorators, 'abc')).toEqual(['Not a valid integer value.']);
    expect(await errorsOf(decorators, '2')).toEqual(['value must not be less than 3']);
  });

  describe.each<[string, PropertyDecorator, unknown[], unknown]>([
    ['StringField', StringField('Text'), ['', ' \t', null], 'a'],
    ['TextAreaField', TextAreaField('Text'), ['', '\r\n'], 'a'],
    ['PasswordField', PasswordField('Password'), [''], ' '],
    ['HiddenField', HiddenField(), [''], 'a'],
    ['FileField', FileField('File'), ['', null], uploadedFile()],
    ['EmailField', EmailField('Email'), ['', ' '], 'susan@example.com'],
    ['URLField', URLField('Site'), ['', ' '], 'https://example.com'],
    ['TelField', TelField('Phone'), [''], '1'],
    ['SearchField', SearchField('Search'), [''], 'a'],
    ['IntegerField', INTEGER, ['', null], '1'],
    ['DecimalField', DecimalField('Number'), ['', null], '1.5'],
    ['IntegerRangeField', IntegerRangeField('Number'), ['', null], '1'],
    ['DecimalRangeField', DecimalRangeField('Number'), ['', null], '1.5'],
    ['DateField', DateField('Day'), [''], '2026-07-01'],
    ['TimeField', TimeField('Time'), [''], '09:30'],
    ['DateTimeLocalField', DateTimeLocalField('At'), [''], '2026-07-01T09:30'],
    ['SelectField', SelectField('Pet', { choices: ['cat'] }), [''], 'cat'],
    ['RadioField', RadioField('Pet', { choices: ['cat'] }), [''], 'cat'],
    ['SelectMultipleField', SelectMultipleField('Pets', { choices: ['cat'] }), ['', []], ['cat']],
    ['BooleanField', BooleanField('Box'), ['', false, null], 'y'],
  ])('below IsOptional on a %s', (_name, field, empty, given) => {
    const refuseAll = Equals('never', { message: 'Not this.' });

    it.each([undefined, ...empty])('are skipped where %j is sent, wherever it stands', async (sent) => {
      expect(await errorsOf([field, IsOptional(), refuseAll], sent)).toEqual([]);
      expect(await errorsOf([field, refuseAll, IsOptional()], sent)).toEqual([]);
    });

    it('are asked about what is there', async () => {
      expect(await errorsOf([field, IsOptional(), refuseAll], given)).toEqual(['Not this.']);
    });
  });

  it('need every condition to hold', async () => {
    const decorators = [TEXT, ValidateIf(() => true), ValidateIf(() => false), MinLength(3)];
    expect(await errorsOf(decorators, 'a')).toEqual([]);
    expect(await errorsOf([TEXT, ValidateIf(() => true), MinLength(3)], 'a')).toHaveLength(1);
  });
});

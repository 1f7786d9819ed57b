import { IsDefined, IsEmail, IsIn, IsNotEmpty, IsOptional, MinLength, ValidateIf } from 'class-validator';
import {
  BooleanField,
  DataRequired,
  DateField,
  DateTimeLocalField,
  DecimalField,
  DecimalRangeField,
  EmailField,
  FileField,
  BoundField,
  HiddenField,
  InputRequired,
  IntegerField,
  IntegerRangeField,
  Length,
  NumberRange,
  Optional,
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
  ValidateWith,
  ValidationError,
  Validators,
  fillForm,
} from '../src';
import { messages } from './form-check';
import { uploadedFile } from './uploads/uploaded-file';

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

  it('keeps a field optional that was, where it says nothing of that', async () => {
    expect(await messages(new MemberDto(), { name: 'susan', age: '', town: '' })).toEqual({});
  });

  const REQUIRED = { InputRequired, DataRequired, IsNotEmpty, IsDefined };
  const OPTIONAL = { Optional, IsOptional };
  /** Each kind with something that it takes; whether its control knows `required`. */
  const FIELDS: Record<string, [PropertyDecorator, good: unknown, knowsRequired?: boolean]> = {
    StringField: [StringField('Value'), 'cat'],
    TextAreaField: [TextAreaField('Value'), 'cat'],
    PasswordField: [PasswordField('Value'), 'cat'],
    EmailField: [EmailField('Value'), 'susan@example.com'],
    URLField: [URLField('Value'), 'https://example.com'],
    TelField: [TelField('Value'), '1'],
    SearchField: [SearchField('Value'), 'cat'],
    FileField: [FileField('Value'), uploadedFile()],
    HiddenField: [HiddenField(), 'cat', false],
    IntegerField: [IntegerField('Value'), '7'],
    IntegerRangeField: [IntegerRangeField('Value'), '7', false],
    DecimalField: [DecimalField('Value'), '7.5'],
    DecimalRangeField: [DecimalRangeField('Value'), '7.5', false],
    DateField: [DateField('Value'), '2026-07-01'],
    TimeField: [TimeField('Value'), '09:30'],
    DateTimeLocalField: [DateTimeLocalField('Value'), '2026-07-01T09:30'],
    SelectField: [SelectField('Value', { choices: ['cat'] }), 'cat'],
    RadioField: [RadioField('Value', { choices: ['cat'] }), 'cat'],
    SelectMultipleField: [SelectMultipleField('Value', { choices: ['cat'] }), ['cat']],
    BooleanField: [BooleanField('Value'), 'y'],
  };
  const declare = (decorators: readonly PropertyDecorator[], Base: new () => object = Object) => {
    class ValueDto extends Base {
      declare value: unknown;
    }
    Validators(...decorators)(ValueDto.prototype, 'value');
    return ValueDto;
  };
  const isRequired = (dto: object) => fillForm(dto, {}).fieldNamed('value')?.declared.required;

  describe.each(Object.entries(FIELDS))('with a %s', (_kind, [field, good, knowsRequired = true]) => {
    describe.each(Object.entries(OPTIONAL))('that %s makes optional', (_name, optional) => {
      it.each(['InputRequired', 'DataRequired'] as const)('may require it with %s', async (required) => {
        const Base = declare([field, optional(), Length({ max: 40 })]);
        const Heir = declare([REQUIRED[required]()], Base);
        for (const sent of [{}, { value: null }, { value: '' }]) {
          expect(await messages(new Heir(), sent)).toEqual({ value: ['This field is required.'] });
          expect(await messages(new Base(), sent)).toEqual({});
        }
        expect(isRequired(new Heir())).toBe(knowsRequired ? true : undefined);
        expect(isRequired(new Base())).toBeUndefined();
      });
    });

    it.each(
      Object.values(OPTIONAL).flatMap((optional) => Object.values(REQUIRED).map((one) => [optional, one])),
    )('may leave optional with %p what %p had required', async (optional, required) => {
      const Heir = declare([optional()], declare([field, required()]));
      expect(await messages(new Heir(), {})).toEqual({});
      expect(await messages(new Heir(), { value: '' })).toEqual({});
      expect(await messages(new Heir(), { value: good })).toEqual({});
      expect(isRequired(new Heir())).toBeUndefined();
    });
  });

  it('may require otherwise', async () => {
    const number = IntegerField('Number');
    const Heir = declare([InputRequired()], declare([number, DataRequired()]));
    expect(await messages(new Heir(), { value: '0' })).toEqual({});
    const Own = declare([DataRequired({ message: 'Say it.' })], declare([number, DataRequired()]));
    expect(await messages(new Own(), {})).toEqual({ value: ['Say it.'] });
  });

  it('keeps the rules that it gives no others for', async () => {
    const short = Length({ max: 3 });
    const Base = declare([
      StringField('Name'),
      Optional(),
      short,
      IsEmail(),
      ValidateWith(notX),
      MinLength(2),
    ]);
    const Heir = declare([DataRequired(), Length({ max: 5 }), ValidateWith(notY)], Base);
    const { value: said } = await messages(new Heir(), { value: 'xyxyxy' });
    expect(said).toEqual([
      'value must be an email',
      'No x.',
      'Field cannot be longer than 5 characters.',
      'No y.',
    ]);
    expect(fillForm(new Heir(), {}).fieldNamed('value')?.declared).toEqual({
      required: true,
      minlength: 2,
      maxlength: 10,
      inputmode: 'email',
    });
  });

  it('keeps functions that have no name beside its own', async () => {
    const Base = declare([StringField('Name'), ValidateWith(({ data }) => refuse(data, 'x'))]);
    const Heir = declare([ValidateWith(({ data }) => refuse(data, 'y'))], Base);
    expect(await messages(new Heir(), { value: 'xy' })).toEqual({ value: ['No x.', 'No y.'] });
  });

  it('keeps what is asked of each entry beside what is asked of the list', async () => {
    const list = SelectMultipleField('Pets', { choices: ['cat', 'horse'] });
    const Heir = declare([IsIn(['cat'])], declare([list, IsIn(['cat'], { each: true })]));
    expect((await messages(new Heir(), { value: ['horse'] })).value).toHaveLength(2);
  });

  it('takes the place of ValidateIf with another, and keeps Optional beside it', async () => {
    const Base = declare([StringField('Name'), ValidateIf(() => false), Optional(), MinLength(3)]);
    const Heir = declare([ValidateIf(() => true)], Base);
    expect(await messages(new Base(), { value: 'a' })).toEqual({});
    expect((await messages(new Heir(), { value: 'a' })).value).toHaveLength(1);
    expect(await messages(new Heir(), { value: '' })).toEqual({});
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

function notX({ data }: BoundField): void {
  refuse(data, 'x');
}

function notY({ data }: BoundField): void {
  refuse(data, 'y');
}

function refuse(data: unknown, letter: string): void {
  if (String(data).includes(letter)) throw new ValidationError(`No ${letter}.`);
}

import { PartialType } from '@nestjs/mapped-types';
import type { Request } from 'express';
import {
  BooleanField,
  DataRequired,
  DateField,
  DecimalField,
  EqualTo,
  Field,
  FieldDecorator,
  FieldError,
  FieldType,
  FileField,
  Form,
  BoundField,
  FormPage,
  IntegerField,
  MultipleFileField,
  PasswordField,
  RadioField,
  SelectField,
  SelectMultipleField,
  StringField,
  SubmitField,
  TimeField,
  UploadedFile,
  ValidationError,
  Validators,
  checkForm,
  fieldsOf,
  fillForm,
  renderField,
  renderFields,
  showForm,
} from '../src';
import { check } from './form-check';

/*
 * What must not compile stands below a line with `@ts-expect-error`, for which `tsc` fails where it does compile. The types change nothing at
 * run time: that is what most of the expectations are about.
 */

class RegisterDto {
  @StringField('Username') username!: string;
  @PasswordField('Password') password!: string;
  @IntegerField('Age') age?: number | null;

  // Without a return type, which must not be needed to know the fields of the form that it is given.
  validate_username(field: BoundField, { username, data }: Form<RegisterDto>) {
    if (field === username && data.age === 0) throw new ValidationError('Nobody is that young.');
  }
}

class EventDto {
  @StringField('Title') title!: string;
}

const request = {} as Request;

describe('The type of a form', () => {
  it('has a field for each property of its DTO, and no other', async () => {
    const form: Form<RegisterDto> = fillForm(new RegisterDto(), {});
    const forms = [form, new Form(new RegisterDto()), await checkForm(new RegisterDto(), {})];
    for (const { username, age } of forms) expect([username.errors, age.name]).toEqual([[], 'age']);
    // @ts-expect-error -- the DTO has no such property
    expect(form.usernme).toBeUndefined();
    // @ts-expect-error -- a method is no field
    expect(form.validate_username).toBeUndefined();
  });

  it('finds a field by a name that the DTO has, and by any where the DTO is not known', () => {
    const form = new Form(new RegisterDto());
    const field: BoundField = form.fieldNamed('username');
    expect(field).toBe(form.username);
    // @ts-expect-error -- the DTO has no such property
    expect(form.fieldNamed('usernme')).toBeUndefined();
    // @ts-expect-error -- a method is no field
    expect(form.fieldNamed('validate_username')).toBeUndefined();
    const anyForm: Form<object> = form;
    // @ts-expect-error -- there may be no such field
    const missing: BoundField = anyForm.fieldNamed('usernme');
    expect(missing).toBeUndefined();
  });

  it('is that of its DTO and of every form, and of no other DTO', () => {
    const form = new Form(new RegisterDto());
    const html = <T extends object>(one: Form<T>) => renderFields(one);
    expect(html(form)).toBe(renderFields(form));
    // @ts-expect-error -- it has other fields
    const other: Form<EventDto> = form;
    expect(other).toBe(form);
  });

  it('is what the view of a page is given', async () => {
    class RegisterPage implements FormPage<RegisterDto, string> {
      readonly path = '/register';
      readonly dto = RegisterDto;
      create = () => new RegisterDto();
      view = (form: Form<RegisterDto>) => renderField(form.username);
      extraValidators = () => ({ username: [] });
    }
    const anyPage: FormPage<object, string> = new RegisterPage();
    expect(await showForm(new RegisterPage(), request)).toBe(await showForm(anyPage, request));
    const other: FormPage<EventDto> = {
      path: '/event',
      dto: EventDto,
      create: () => new EventDto(),
      // @ts-expect-error -- the DTO has no such property
      view: (form) => form.username as unknown,
    };
    expect(await showForm(other, request)).toBeUndefined();
  });
});

/** A kind of one's own, whose value is a list of texts. */
const TagsField = (label: string): FieldDecorator<string[]> => Field({ label, kind: {} as FieldType });

describe('The type of a field', () => {
  it('is that of the property that it is declared on', () => {
    class EveryDto {
      @StringField('Text') text!: string;
      @StringField('Text') optionalText?: string;
      @StringField('Text') textOrNull!: string | null;
      @StringField('Text') oneOfTexts!: 'cat' | 'dog' | undefined;
      @StringField('Text') unknown: unknown;
      @IntegerField('Number') integer!: number | null;
      @DecimalField('Number') decimal!: number;
      @BooleanField('Box') box!: boolean;
      @SubmitField('Button') button!: boolean;
      @DateField('Date') date!: Date | null;
      @TimeField('Time') time!: string | null;
      @SelectField('Choice', { choices: [] }) choice!: string;
      @SelectField('Choice', { choices: [] }) numberChoice!: number | null;
      @RadioField('Choice', { choices: [] }) oneOfChoices!: 'cat' | 7 | null;
      @SelectMultipleField('Choices', { choices: [] }) choices!: string[];
      @SelectMultipleField('Choices', { choices: [] }) fewChoices!: readonly ('cat' | 7)[];
      @FileField('File') file!: UploadedFile | null;
      @MultipleFileField('Files') files!: UploadedFile[];
      @TagsField('Tags') tags!: string[];
      @(StringField('Tags', { filters: [(text: string) => text.split(',')] }) as PropertyDecorator)
      filtered!: string[];
    }
    class WrongDto {
      // @ts-expect-error -- a text is no number
      @StringField('Text') text!: number;
      // @ts-expect-error -- a text is no list of texts
      @StringField('Text') texts!: string[];
      // @ts-expect-error -- a number is no text
      @IntegerField('Number') integer!: string | null;
      // @ts-expect-error -- true and false are no texts
      @BooleanField('Box') box!: string;
      // @ts-expect-error -- true and false are no number
      @SubmitField('Button') button!: number;
      // @ts-expect-error -- a Date is no text
      @DateField('Date') date!: string;
      // @ts-expect-error -- a time of day is no Date
      @TimeField('Time') time!: Date | null;
      // @ts-expect-error -- a choice is a text or a number
      @SelectField('Choice', { choices: [] }) choice!: boolean;
      // @ts-expect-error -- one of several is no list
      @RadioField('Choice', { choices: [] }) radio!: string[];
      // @ts-expect-error -- a list is no text
      @SelectMultipleField('Choices', { choices: [] }) choices!: string;
      // @ts-expect-error -- a file is not its name
      @FileField('File') file!: string | null;
      // @ts-expect-error -- several files are not one
      @MultipleFileField('Files') files!: UploadedFile;
      // @ts-expect-error -- a list of texts is no text
      @TagsField('Tags') tags!: string;
    }
    expect(fieldsOf(EveryDto.prototype).size).toBe(20);
    expect(fieldsOf(WrongDto.prototype).size).toBe(13);
  });

  it('is checked where its decorator is called as a function, if the name is known', () => {
    class CountDto {
      count!: number;
    }
    // @ts-expect-error -- a text is no number
    StringField('Count')(CountDto.prototype, 'count');
    const names = ['one', 'other'];
    for (const name of names) StringField('Count')(CountDto.prototype, name);
    expect([...fieldsOf(CountDto.prototype).keys()]).toEqual(['count', ...names]);
  });

  it('is not asked for where its decorator is combined with others', () => {
    const RequiredText = (): PropertyDecorator => Validators(StringField('Text'), DataRequired());
    class TextDto {
      @RequiredText() text!: string;
    }
    expect(new Form(new TextDto()).text.flags.required).toBe(true);
  });

  it('stays with mapped types', () => {
    const form = new Form(new (PartialType(RegisterDto))());
    expect(form.username.name).toBe('username');
    // @ts-expect-error -- the DTO has no such property
    expect(form.usernme).toBeUndefined();
  });
});

describe('What takes the name of a field', () => {
  it('is @EqualTo, beside that field', () => {
    class RepeatedDto {
      @PasswordField('Password') password!: string;
      @PasswordField('Repeat') @EqualTo('password') right!: string;
      // @ts-expect-error -- the DTO has no such property
      @PasswordField('Repeat') @EqualTo('pasword') misspelt!: string;
      // @ts-expect-error -- a method is no field
      @PasswordField('Repeat') @EqualTo('validate_right') method!: string;

      validate_right(): void {
        // Nothing to say.
      }
    }
    expect(() => new Form(new RepeatedDto())).toThrow("invalid field name 'pasword'");
  });

  it('is FieldError, where it is told of the DTO', () => {
    expect(new FieldError<RegisterDto>('username', 'Taken.').field).toBe('username');
    expect(new FieldError<RegisterDto>(undefined, 'No.').field).toBeUndefined();
    expect(new FieldError('anything', 'No.').field).toBe('anything');
    // @ts-expect-error -- the DTO has no such property
    expect(new FieldError<RegisterDto>('usernme', 'Taken.').field).toBe('usernme');
  });

  it('is extraValidators, of a page and of a check', async () => {
    const refusal = 'There is no field usernme';
    const page: FormPage<RegisterDto> = {
      path: '/register',
      dto: RegisterDto,
      create: () => new RegisterDto(),
      view: () => undefined,
      // @ts-expect-error -- the DTO has no such property
      extraValidators: () => ({ usernme: [] }),
    };
    const form = new Form(new RegisterDto());
    await expect(check(form.data, {}, page.extraValidators?.(request))).rejects.toThrow(refusal);
    // @ts-expect-error -- the DTO has no such property
    await expect(checkForm(form.data, {}, { extraValidators: { usernme: [] } })).rejects.toThrow(refusal);
    await checkForm(form.data, {}, { extraValidators: { username: [] } });
  });
});

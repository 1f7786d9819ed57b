import {
  ArrayNotEmpty,
  IsEmail,
  IsNotEmpty,
  IsOptional,
  IsPhoneNumber,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxDate,
  MaxLength,
  Min,
  MinDate,
  MinLength,
  ValidateIf,
} from 'class-validator';
import {
  BooleanField,
  DateField,
  IntegerField,
  SelectMultipleField,
  StringField,
  TextAreaField,
  fillForm,
} from '..';
import { errorsOf, oneField } from '../../test/form-check';

const TEXT = StringField('Text');
const PETS = SelectMultipleField('Pets', { choices: ['cat'] });

const attributesOf = (...decorators: PropertyDecorator[]) =>
  fillForm(oneField(decorators), {}).fieldNamed('value').declared;

describe("class-validator's decorators tell the control", () => {
  it.each([
    ['IsNotEmpty', [TEXT, IsNotEmpty()], { required: true }],
    ['Length', [TEXT, Length(2, 5)], { minlength: 2, maxlength: 10 }],
    ['Length without an end', [TEXT, Length(2)], { minlength: 2 }],
    ['MinLength', [TEXT, MinLength(2)], { minlength: 2 }],
    ['MaxLength', [TextAreaField('Text'), MaxLength(5)], { maxlength: 10 }],
    ['Min and Max', [IntegerField('Number'), Min(1), Max(9)], { min: 1, max: 9 }],
    [
      'MinDate and MaxDate',
      [DateField('Day'), MinDate(new Date('2026-07-01')), MaxDate(() => new Date('2026-07-31'))],
      { min: '2026-07-01', max: '2026-07-31' },
    ],
    ['Matches', [TEXT, Matches(/^[a-z]+$/)], { pattern: '\\s*(?:[a-z]+)\\s*' }],
    ['IsEmail', [TEXT, IsEmail()], { inputmode: 'email' }],
    ['IsUrl', [TEXT, IsUrl()], { inputmode: 'url' }],
    ['IsPhoneNumber', [TEXT, IsPhoneNumber()], { inputmode: 'tel' }],
    ['ArrayNotEmpty', [PETS, ArrayNotEmpty()], { multiple: true, required: true }],
  ])('what %s asks for', (_name, decorators, attributes) => {
    expect(attributesOf(...decorators)).toEqual(attributes);
  });

  it.each([
    ['a number of its length', [IntegerField('Number'), MaxLength(5)]],
    ['a checkbox to be ticked, for false is not empty', [BooleanField('Box'), IsNotEmpty()]],
    ['anything that is checked for each entry', [TEXT, MaxLength(5, { each: true })]],
    ['anything that is not always checked', [TEXT, MaxLength(5, { validateIf: () => true })]],
    ['anything under a condition', [TEXT, ValidateIf(() => false), IsNotEmpty(), MaxLength(5)]],
  ])('not %s', (_name, decorators) => {
    expect(attributesOf(...decorators)).toEqual({});
  });

  it('not that a list needs an entry where an empty list is not empty', () => {
    expect(attributesOf(PETS, IsNotEmpty())).toEqual({ multiple: true });
  });

  it('nothing is required that IsOptional makes optional, and the rest stays', () => {
    expect(attributesOf(TEXT, IsOptional(), IsNotEmpty(), MaxLength(5))).toEqual({ maxlength: 10 });
  });

  it('nothing refuses blanks that IsOptional takes for nothing', () => {
    const { minlength, pattern } = attributesOf(TEXT, IsOptional(), MinLength(3), Matches(/^[a-z]+$/));
    expect(minlength).toBeUndefined();
    expect(new RegExp(`^(?:${String(pattern)})$`, 'v').test('  ')).toBe(true);
    expect(
      attributesOf(
        TEXT,
        IsOptional(),
        ValidateIf(() => false),
        MaxLength(5),
      ),
    ).toEqual({});
  });
});

describe('A pattern of Matches', () => {
  const TEXTS = ['a', 'b', 'ab', 'ba', 'abc', 'xb', 'a$', 'a$b', 'A', '👍', 'a\n'];
  const accepts = (pattern: unknown, text: string) =>
    typeof pattern !== 'string' || new RegExp(`^(?:${pattern})$`, 'v').test(text);

  it.each([
    /^a$/,
    /^a|b$/,
    /^a$|^b$/,
    /^(a|b)$/,
    /^a\$/,
    /^.$/,
    /^.$/u,
    /^[^a]$/,
    /^\W+$/,
    /a/,
    /^a/,
    /a$/,
    /^a$/i,
    /^a$/m,
  ])('refuses in the browser nothing that %s takes', async (regex) => {
    for (const field of [TEXT, StringField('Text', { trim: false })]) {
      const pattern = attributesOf(field, Matches(regex)).pattern;
      for (const text of TEXTS) {
        const isTaken = (await errorsOf([field, Matches(regex)], text)).length === 0;
        const typed = text.replaceAll('\n', '');
        expect([text, pattern, !isTaken || accepts(pattern, typed)]).toEqual([text, pattern, true]);
      }
    }
  });

  it.each([/^.$/, /^[^a]$/, /^\D$/, /^a$/i, /^a$/m, /^.$/s, /^[a-z&&[aeiou]]$/, /a/, /^a/, /^[(]$/])(
    'is none for %s, which browsers may read otherwise',
    (regex) => {
      expect(attributesOf(TEXT, Matches(regex))).toEqual({});
    },
  );
});

import { MinLength } from 'class-validator';
import {
  AnyOf,
  CharacterLimit,
  CheckOptions,
  DataRequired,
  DateField,
  DateRange,
  DecimalField,
  EqualTo,
  FieldValidator,
  FileField,
  FileSize,
  Form,
  BoundField,
  IntegerField,
  Length,
  Message,
  NumberRange,
  PasswordField,
  Regexp,
  SelectField,
  SelectMultipleField,
  StopValidation,
  StringField,
  TranslationContext,
  ValidateWith,
  ValidationError,
  checkForm,
  localeOf,
  renderFields,
} from '../src';
import { Languages } from '../src/translations/languages';
import { oneField } from './form-check';
import { uploadedFile } from './uploads/uploaded-file';

/** What is said in each language of a single field. */
async function said(
  decorators: readonly PropertyDecorator[],
  sent: unknown,
  options: CheckOptions = {},
): Promise<string[]> {
  const inLocale = async (locale: string) =>
    (await checkForm(oneField(decorators), { value: sent }, { ...options, locale })).messages();
  const all = await Promise.all(['en', 'de', 'fr'].map(inLocale));
  return all.map(({ value }) => value?.join(' ') ?? '');
}

const refuse =
  (error: Error): FieldValidator =>
  () => {
    throw error;
  };

const NBSP = '\u00a0';

describe('messages in other languages', () => {
  it.each<[string, PropertyDecorator[], unknown, string[]]>([
    [
      'of a validator',
      [StringField('Name'), DataRequired()],
      '',
      ['This field is required.', 'Dieses Feld muss ausgefüllt werden.', 'Ce champ est obligatoire.'],
    ],
    [
      'of a conversion',
      [IntegerField('Age')],
      'x',
      ['Not a valid integer value.', 'Keine gültige ganze Zahl.', 'Ce n’est pas un nombre entier valide.'],
    ],
    [
      'of a control',
      [SelectField('Color', { choices: ['red'] })],
      'blue',
      ['Not a valid choice.', 'Keine gültige Auswahl.', 'Ce n’est pas un choix valide.'],
    ],
    [
      'in the singular',
      [StringField('Name'), Length({ max: 1 })],
      'xy',
      [
        'Field cannot be longer than 1 character.',
        'Das Feld darf höchstens 1 Zeichen lang sein.',
        'Ce champ ne peut pas contenir plus de 1 caractère.',
      ],
    ],
    [
      'in the plural',
      [StringField('Name'), CharacterLimit(1)],
      'xyz',
      ['Shorten this by 2 characters.', 'Bitte um 2 Zeichen kürzen.', 'Veuillez supprimer 2 caractères.'],
    ],
    [
      'in the plural of whole millions',
      [StringField('Name'), Length({ min: 1_000_000 })],
      'x',
      [
        'Field must be at least 1000000 characters long.',
        'Das Feld muss mindestens 1000000 Zeichen lang sein.',
        'Ce champ doit contenir au moins 1000000 de caractères.',
      ],
    ],
    [
      'with a number',
      [DecimalField('Price'), NumberRange({ max: 1.5 })],
      '2',
      [
        'Number must be at most 1.5.',
        'Die Zahl darf höchstens 1,5 sein.',
        'Le nombre doit être inférieur ou égal à 1,5.',
      ],
    ],
    [
      'with a choice',
      [SelectMultipleField('Colors', { choices: ['red'] })],
      ['blue', '{count}'],
      [
        "'blue', '{count}' are not valid choices for this field.",
        "'blue', '{count}' stehen in diesem Feld nicht zur Auswahl.",
        "'blue', '{count}' ne sont pas des choix valides pour ce champ.",
      ],
    ],
    [
      'with values',
      [StringField('Name'), AnyOf(['a', '$value'])],
      'x',
      [
        'Invalid value, must be one of: a, $value.',
        'Ungültiger Wert, erlaubt sind nur: a, $value.',
        `Valeur non valide, seules sont admises${NBSP}: a, $value.`,
      ],
    ],
    [
      'that a function throws',
      [StringField('Name'), ValidateWith(refuse(new ValidationError('Invalid URL.')))],
      'x',
      ['Invalid URL.', 'Ungültige URL.', 'URL non valide.'],
    ],
    [
      'that a function stops with',
      [
        StringField('Name'),
        ValidateWith(refuse(new StopValidation('Number must be at least {min}.', { min: 0.5 }))),
      ],
      'x',
      [
        'Number must be at least 0.5.',
        'Die Zahl muss mindestens 0,5 sein.',
        'Le nombre doit être supérieur ou égal à 0,5.',
      ],
    ],
    [
      'that no language has',
      [StringField('Name'), ValidateWith(refuse(new ValidationError('Try {this}, $value!')))],
      'x',
      ['Try {this}, $value!', 'Try {this}, $value!', 'Try {this}, $value!'],
    ],
  ])('are said %s', async (_what, decorators, sent, messages) => {
    expect(await said(decorators, sent)).toEqual(messages);
  });

  it('have dates as the language writes them', async () => {
    const [english, german, french] = await said(
      [DateField('Day'), DateRange({ min: new Date('2026-11-22T00:00:00Z') })],
      '2026-11-21',
    );
    expect(english).toBe('Date must be at least 2026-11-22 00:00:00.');
    expect(german).toMatch(/^Das Datum darf nicht vor dem 22\.11\.2026\D+00:00:00 liegen\.$/);
    expect(french).toMatch(/^La date ne peut pas être antérieure au 22 nov\. 2026\D+00:00:00\.$/);
  });

  it('have sizes as the language writes them, also where the message is of the application', async () => {
    const [small, large] = [uploadedFile({ sizeBytes: 0 }), uploadedFile({ sizeBytes: 5000 })];
    expect(await said([FileField('File'), FileSize({ min: 1, max: 1536 })], large)).toEqual([
      'A file must have between 1 byte and 1.5 kB.',
      'Eine Datei muss zwischen 1 Byte und 1,5 kB groß sein.',
      `Un fichier doit faire entre 1 octet et 1,5${NBSP}ko.`,
    ]);
    const decorators = [FileField('File'), FileSize({ min: 2, message: 'size' })];
    const translations = { de: { size: 'Ab $constraint1' }, fr: { size: 'Dès {min}' } };
    expect(await said(decorators, small, { translations })).toEqual(['size', 'Ab 2 Byte', 'Dès 2 octets']);
  });

  it('are all there under a tag for one country, and in English for an unknown language', async () => {
    const inLocale = async (locale: string) => {
      const form = await checkForm(oneField([StringField('Name'), DataRequired()]), {}, { locale });
      return [localeOf(form), form.messages().value];
    };
    expect(await inLocale('de-AT')).toEqual(['de-AT', ['Dieses Feld muss ausgefüllt werden.']]);
    expect(await inLocale('de_CH')).toEqual(['de-CH', ['Dieses Feld muss ausgefüllt werden.']]);
    expect(await inLocale('eo')).toEqual(['eo', ['This field is required.']]);
  });
});

describe('texts of an application', () => {
  class AccountDto {
    @StringField('Name', { help: 'As on the card.', attributes: { placeholder: 'Your name' } })
    @MinLength(3, { message: 'name.short' })
    name!: string;

    @SelectField('Color', { choices: [{ value: 'r', label: 'Red', group: 'Warm' }, 'Blue'] })
    color!: string;

    @StringField('Code') @Regexp(/^\d+$/, { htmlPattern: true, message: 'Digits only.' }) code!: string;

    @PasswordField('Password') password!: string;

    @PasswordField('Again') @EqualTo('password', { message: 'Not the same as $constraint2.' }) again!: string;

    validate_code({ data }: BoundField): void {
      if (data === '0') throw new ValidationError('Not {number} of all.', { number: 0 });
    }

    validate_form(): void {
      throw new ValidationError('Nobody is let in.');
    }
  }

  const translations = {
    en: { 'name.short': { by: '$constraint1', one: 'One letter', other: 'At least $constraint1 letters' } },
    de: {
      Name: 'Vorname',
      'As on the card.': 'Wie auf der Karte.',
      'Your name': 'Ihr Name',
      'name.short': { by: '$constraint1', one: 'Ein Zeichen', other: 'Mindestens $constraint1 Buchstaben' },
      Red: 'Rot',
      Warm: 'Warme',
      Blue: 'Blau',
      'Digits only.': 'Nur Ziffern.',
      Password: 'Kennwort',
      'Not the same as $constraint2.': 'Nicht gleich $constraint2.',
      'Not {number} of all.': 'Nicht gerade {number}.',
      'Nobody is let in.': 'Niemand wird eingelassen.',
      'Not a valid choice.': 'Gibt es nicht.',
    },
  };
  const check = (body: object, locale: string) => checkForm(new AccountDto(), body, { locale, translations });
  const wrong = { name: 'x', color: 'green', code: '0', password: 'a', again: 'b' };

  it('are translated, keys in decorators among them, before those of the package', async () => {
    expect((await check(wrong, 'de')).messages()).toEqual({
      name: ['Mindestens 3 Buchstaben'],
      color: ['Gibt es nicht.'],
      code: ['Nicht gerade 0.'],
      again: ['Nicht gleich Kennwort.'],
    });
    expect((await check(wrong, 'en')).messages()).toMatchObject({
      name: ['At least 3 letters'],
      again: ['Not the same as Password.'],
    });
    const right = { ...wrong, name: 'susan', color: 'r', code: '1', again: 'a' };
    expect((await check(right, 'de')).messages()).toEqual({ '': ['Niemand wird eingelassen.'] });
  });

  it('are shown: labels, help, choices, and the attributes that people read', async () => {
    const html = renderFields(await check({}, 'de-DE'));
    for (const text of [
      '>Vorname</label>',
      '>Wie auf der Karte.</small>',
      'placeholder="Ihr Name"',
      '<optgroup label="Warme"><option value="r">Rot</option></optgroup><option value="Blue">Blau</option>',
      'title="Nur Ziffern."',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('come from a function with the field, the parameters and the locale', async () => {
    const asked: [string, TranslationContext][] = [];
    const form = await checkForm(
      oneField([
        StringField('Name'),
        Length({ min: 2, message: 'short' }),
        ValidateWith(refuse(new ValidationError('x'))),
      ]),
      { value: 'a' },
      {
        locale: 'es',
        translate: (text, context) => {
          asked.push([text, context]);
          return text === 'short' ? 'Corto: $value, {min}, $constraint1' : undefined;
        },
      },
    );
    expect(form.messages()).toEqual({ value: ['Corto: a, 2, 2', 'x'] });
    expect(asked).toEqual([
      ['Name', { locale: 'es', field: 'value', params: {} }],
      ['short', { locale: 'es', field: 'value', params: { min: 2 } }],
      ['x', { locale: 'es', field: 'value', params: {} }],
    ]);
  });

  it('may be looked for under any text', async () => {
    const decorators = [StringField('constructor'), Length({ min: 2, message: '__proto__' })];
    const form = await checkForm(oneField(decorators), { value: 'a' }, { locale: 'de' });
    expect([form.fields[0]?.label, form.messages()]).toEqual(['constructor', { value: ['__proto__'] }]);
  });

  it('keep a secret from messages', async () => {
    const decorators = [PasswordField('Password'), Length({ min: 9, message: 'Not $value' })];
    const form = await checkForm(oneField(decorators), { value: 'a' }, { locale: 'de' });
    expect(form.messages()).toEqual({ value: ['Not $value'] });
  });
});

describe('languages', () => {
  it('are known by any way to write their tag', () => {
    const languages = new Languages({ translations: { 'pt-br': { Name: 'Nome' } } });
    const tags = ['pt-BR', 'PT_br', 'pt-BR-x-own', 'de-1996', 'xx', '', '-', '__proto__', '-'.repeat(1e6)];
    expect(tags.map((tag) => languages.named(tag).locale)).toEqual([
      'pt-BR',
      'pt-BR',
      'pt-BR',
      'de',
      ...Array<string>(5).fill('en'),
    ]);
    expect(languages.named('pt-BR').say('Name')).toBe('Nome');
  });

  it('have the first as the default', () => {
    const languages = new Languages({ locales: ['de', 'en'] });
    expect(languages.named('fr').locale).toBe('de');
  });

  it('cannot be what is no language tag', () => {
    expect(() => new Languages({ locales: ['x y'] })).toThrow(RangeError);
  });

  it('leave no name out that a field may have', () => {
    const form = new Form(oneField([StringField('Language')]));
    expect([localeOf(form), Object.keys(form)]).toEqual([
      'en',
      expect.not.arrayContaining(['language', 'locale']),
    ]);
  });

  it('say a message with parameters in English where it is taken for a string', () => {
    expect(String(new Message('Shorten this by {excess} characters.', { excess: 1 }))).toBe(
      'Shorten this by 1 character.',
    );
  });
});

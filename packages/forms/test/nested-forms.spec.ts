import { IsOptional, validate } from 'class-validator';
import { parse } from 'node-html-parser';
import {
  DataRequired,
  FieldList,
  Form,
  FormField,
  IntegerField,
  Length,
  Optional,
  PasswordField,
  StringField,
  ValidationError,
  checkForm,
  fillForm,
  renderField,
  renderFields,
} from '../src';

class CountryDto {
  @StringField('Code') @Length({ max: 2 }) code = '';
}

class AddressDto {
  @StringField('City') @DataRequired() city!: string;
  @StringField('Street') street!: string;
  @FormField(CountryDto, 'Country') country!: CountryDto;

  validate_form(): void {
    if (this.city === this.street) throw new ValidationError('A street is no city.');
  }
}

class SettingsDto {
  @StringField('Name') @DataRequired() name!: string;
  @FormField(AddressDto, 'Address') address!: AddressDto;
  @FormField(AddressDto, 'Other address') @Optional() other!: AddressDto | null;

  @FieldList(StringField('Phone'), 'Phones', { minEntries: 1, maxEntries: 3, help: 'With area code.' })
  @DataRequired({ each: true })
  @Length({ max: 5, each: true })
  phones!: string[];

  @FieldList(FormField(CountryDto, 'Country'), 'Countries') countries!: CountryDto[];
  @FieldList(IntegerField('Number'), 'Numbers') @IsOptional() numbers?: number[] | null;
}

const GOOD = { name: 'susan', 'address.city': 'Berlin', 'phones.0': '123' };
const page = (form: Form<object>) => parse(`<form>${renderFields(form)}</form>`);
const shown = (form: Form<object>) =>
  page(form)
    .querySelectorAll('input[name]')
    .map((input) => [input.getAttribute('name'), input.getAttribute('value')]);

describe('A form in a form', () => {
  it('is an instance of its class, at any depth', async () => {
    const form = await checkForm(new SettingsDto(), { ...GOOD, 'address.country.code': 'de' });
    expect(form.messages()).toEqual({});
    expect(form.data.address).toBeInstanceOf(AddressDto);
    expect(form.data.address.country).toBeInstanceOf(CountryDto);
    expect(form.data.address).toEqual({ city: 'Berlin', street: '', country: { code: 'de' } });
  });

  it('has the same from JSON', async () => {
    const body = { name: 'susan', address: { city: 'Berlin', country: { code: 'de' } }, phones: ['123'] };
    const form = await checkForm(new SettingsDto(), body, { isJson: true });
    expect(form.messages()).toEqual({});
    expect(form.data.address).toEqual({ city: 'Berlin', street: '', country: { code: 'de' } });
  });

  it.each([
    [false, { 'address.country.code': 'deu', 'phones.0': '1' }],
    [true, { address: { country: { code: 'deu' } }, phones: ['1'] }],
  ])('has its messages under the path of the field, from JSON: %p', async (isJson, body) => {
    const form = await checkForm(new SettingsDto(), { name: 'susan', ...body }, { isJson });
    expect(form.isValid).toBe(false);
    expect(form.messages()).toEqual({
      'address.city': ['This field is required.'],
      'address.country.code': ['Field cannot be longer than 2 characters.'],
    });
  });

  it('checks itself as a whole, and that is said of it', async () => {
    const form = await checkForm(new SettingsDto(), { ...GOOD, 'address.street': 'Berlin' });
    expect(form.messages()).toEqual({ address: ['A street is no city.'] });
    expect(page(form).querySelector('#address .form-errors')?.text).toBe('A street is no city.');
  });

  it('may stay empty where it is optional, and is checked as soon as it is not', async () => {
    const blank = { 'other.city': ' ', 'other.country.code': '' };
    expect((await checkForm(new SettingsDto(), { ...GOOD, ...blank })).data.other).toBeNull();
    expect((await checkForm(new SettingsDto(), { ...GOOD, 'other.street': 'x' })).messages()).toEqual({
      'other.city': ['This field is required.'],
    });
  });

  it('that is optional is not searched deeper than it is declared', async () => {
    const other: unknown = JSON.parse('{"city":'.repeat(10_000) + '0' + '}'.repeat(10_000));
    const form = await checkForm(
      new SettingsDto(),
      { name: 'susan', address: { city: 'Berlin' }, phones: ['1'], other },
      { isJson: true },
    );
    expect(form.messages()).toEqual({ 'other.city': ['This field is required.'] });
  });

  it.each([null, 'text', 7, ['x']])('is no %j', async (address) => {
    const form = await checkForm(
      new SettingsDto(),
      { name: 'susan', address, phones: ['1'] },
      { isJson: true },
    );
    expect(form.messages()).toEqual({
      address: [address === null ? 'This field may not be null.' : 'Not a valid object value.'],
    });
  });

  it('shows what was typed under the same names', () => {
    const form = fillForm(new SettingsDto(), { 'address.city': '<Berlin>', 'address.country.code': 'deu' });
    expect(shown(form)).toEqual(
      expect.arrayContaining([
        ['address.city', '<Berlin>'],
        ['address.country.code', 'deu'],
      ]),
    );
    expect(page(form).querySelector('fieldset#address > legend')?.text).toBe('Address');
  });

  it('starts with the values of the DTO', () => {
    const dto = new SettingsDto();
    dto.address = Object.assign(new AddressDto(), { city: 'Berlin' });
    dto.phones = ['1', '2'];
    expect(shown(new Form(dto))).toEqual(
      expect.arrayContaining([
        ['address.city', 'Berlin'],
        ['phones.0', '1'],
        ['phones.1', '2'],
      ]),
    );
  });

  it('is found by templates', () => {
    const form = fillForm(new SettingsDto(), GOOD);
    expect(form.address.form?.fieldNamed('city')?.value).toBe('Berlin');
    expect(form.fieldNamed('address').form?.fieldNamed('city')?.value).toBe('Berlin');
    expect(form.fieldNamed('phones').entries?.map(({ value }) => value)).toEqual(['123']);
  });

  it('is checked by class-validator alone as well', async () => {
    const address = Object.assign(new AddressDto(), { city: '', country: new CountryDto() });
    const dto = Object.assign(new SettingsDto(), { name: 'susan', address, phones: ['1'], countries: [] });
    const [error] = await validate(dto, { skipMissingProperties: true });
    expect([error?.property, error?.children?.[0]?.property]).toEqual(['address', 'city']);
  });

  it('shows no password', () => {
    class AccountDto {
      @PasswordField('Password') password!: string;
    }
    class PersonDto {
      @FormField(AccountDto, 'Account') account!: AccountDto;
    }
    expect(renderFields(fillForm(new PersonDto(), { 'account.password': 'secret' }))).not.toContain('secret');
  });
});

describe('A list of fields', () => {
  const phones = async (body: object, isJson = false) => {
    const address = isJson ? { address: { city: 'Berlin' } } : { 'address.city': 'Berlin' };
    const form = await checkForm(new SettingsDto(), { name: 'susan', ...address, ...body }, { isJson });
    return { data: form.data.phones as unknown, messages: form.messages() };
  };

  it.each([
    ['numbered', { 'phones.0': '1', 'phones.1': '2' }, false],
    ['numbered with gaps, out of order', { 'phones.10': '2', 'phones.9': '1' }, false],
    ['under one name', { phones: ['1', '2'] }, false],
    ['JSON', { phones: ['1', '2'] }, true],
  ])('is a list of values: %s', async (_name, body, isJson) => {
    expect(await phones(body, isJson)).toEqual({ data: ['1', '2'], messages: {} });
  });

  it.each([false, true])('has the messages of each entry beside it, from JSON: %p', async (isJson) => {
    const body = isJson ? { phones: ['1', '', '123456'] } : { phones: ['1', '', '123456'] };
    expect((await phones(body, isJson)).messages).toEqual({
      'phones.1': ['This field is required.'],
      'phones.2': ['Field cannot be longer than 5 characters.'],
    });
  });

  it('says how many there may be', async () => {
    expect((await phones({ phones: ['1', '2', '3', '4'] })).messages).toEqual({
      phones: ['Field cannot have more than 3 entries.'],
    });
    expect((await phones({ phones: [] }, true)).messages).toEqual({
      phones: ['Field must have at least 1 entry.'],
    });
    expect((await phones({})).messages).toEqual({ 'phones.0': ['This field is required.'] });
  });

  it.each(['1', 7, { 0: '1' }, null])('is no %j in JSON', async (value) => {
    const { messages } = await phones({ phones: value }, true);
    expect(messages).toEqual({
      phones: [value === null ? 'This field may not be null.' : 'Not a valid list value.'],
    });
  });

  it('of forms has messages under the number and the field', async () => {
    const body = { ...GOOD, 'countries.0.code': 'de', 'countries.1.code': 'deu' };
    const form = await checkForm(new SettingsDto(), body);
    expect(form.data.countries).toEqual([{ code: 'de' }, { code: 'deu' }]);
    expect(form.data.countries[0]).toBeInstanceOf(CountryDto);
    expect(form.messages()).toEqual({ 'countries.1.code': ['Field cannot be longer than 2 characters.'] });
  });

  it('converts its entries, each with a message of its own', async () => {
    const form = await checkForm(new SettingsDto(), { ...GOOD, 'numbers.0': '7', 'numbers.1': 'x' });
    expect(form.messages()).toEqual({ 'numbers.1': ['Not a valid integer value.'] });
    expect((await checkForm(new SettingsDto(), { ...GOOD, numbers: '7' })).data.numbers).toEqual([7]);
  });

  it('that may be absent from JSON stays undefined, or null where that is said', async () => {
    const body = { name: 'susan', address: { city: 'Berlin' }, phones: ['1'] };
    const sent = (more: object) => checkForm(new SettingsDto(), { ...body, ...more }, { isJson: true });
    expect((await sent({})).data).not.toHaveProperty('numbers');
    expect((await sent({ numbers: null })).data.numbers).toBeNull();
    expect((await sent({ numbers: null })).messages()).toEqual({});
  });

  it('needs a field for its entries', () => {
    expect(() => FieldList(DataRequired(), 'Phones')).toThrow('The entry of a FieldList must be a field');
  });

  describe('has buttons, which need no JavaScript:', () => {
    const press = (body: object) => fillForm(new SettingsDto(), body);
    const names = (form: Form<object>) =>
      page(form)
        .querySelectorAll('button')
        .map((button) => button.getAttribute('name'));

    it('one adds an entry, as long as there may be more, and nothing typed is lost', () => {
      const form = press({ 'phones.0': '1', 'phones.1': '2', 'phones.add': 'y', name: 'su' });
      expect(form.isResized).toBe(true);
      expect(shown(form)).toEqual(
        expect.arrayContaining([
          ['name', 'su'],
          ['phones.0', '1'],
          ['phones.1', '2'],
          ['phones.2', ''],
        ]),
      );
      expect(names(form)).not.toContain('phones.add');
      expect(press({ phones: ['1', '2', '3'] }).isResized).toBe(false);
    });

    it('one removes each entry, as long as there must not be more', () => {
      const form = press({ 'phones.0': '1', 'phones.1': '2', 'phones.0.remove': 'y' });
      expect(form.isResized).toBe(true);
      expect(form.data.phones).toEqual(['2']);
      expect(names(form)).toEqual(['phones.add', 'countries.add', 'numbers.add']);
    });

    it('also in a list that is in a form', () => {
      class TeamDto {
        @FormField(SettingsDto, 'Settings') settings!: SettingsDto;
      }
      const form = fillForm(new TeamDto(), { 'settings.phones.0': '1', 'settings.phones.add': 'y' });
      expect(form.isResized).toBe(true);
      expect(form.data.settings.phones).toEqual(['1', '']);
    });

    it('none is the first of the form, which the Enter key presses', () => {
      const [first] = page(new Form(new SettingsDto())).querySelectorAll('button, input[type=submit]');
      expect(first?.getAttribute('name')).toBeUndefined();
      expect(first?.tagName).toBe('INPUT');
    });

    it('are there however the field is rendered, in the language of the form', async () => {
      const form = await checkForm(new SettingsDto(), { 'phones.0': '1', 'phones.1': '2' }, { locale: 'de' });
      const field = parse(renderField(form.phones, { help: 'Other.' }));
      expect(field.querySelectorAll('button').map(({ text }) => text)).toEqual([
        'Entfernen',
        'Entfernen',
        'Hinzufügen',
      ]);
      expect(field.querySelector('fieldset')?.attributes).not.toHaveProperty('buttons');
    });

    it('JSON has none', () => {
      const body = { phones: { add: 'y' }, 'phones.add': 'y' };
      expect(fillForm(new SettingsDto(), body, { isJson: true }).isResized).toBe(false);
    });
  });

  it.each([
    { 'phones.__proto__': 'x', 'phones.constructor': 'y', '__proto__.city': 'x' },
    { 'phones.99999999999': 'x', 'phones.-1': 'y', 'phones.1e3': 'z', 'phones.': '', '.': '' },
    { 'phones.0.0.0.0': 'x', 'address.address.address': 'y', 'countries.0': 'text' },
    { phones: 'x', 'phones.0': 'y', address: 'z', 'address.city': 'w' },
    Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`phones.${index}`, 'x'])),
  ])('does not fail for what nobody types, and leaves prototypes alone', async (body) => {
    const form = await checkForm(new SettingsDto(), body);
    expect(form.isValid).toBe(false);
    expect(page(form).querySelectorAll('input').length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>).city).toBeUndefined();
  });
});

import { renderPartial } from './partials';
import { uploadedFile } from './uploads/uploaded-file';
import { Test } from '@nestjs/testing';
import {
  ArrayMaxSize,
  IsDate,
  IsEmail,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsPhoneNumber,
  IsUrl,
  Length as HasLength,
  Matches,
  Max,
  MaxLength,
  Min,
  MinDate,
  MinLength,
  ValidateIf,
} from 'class-validator';
import fc from 'fast-check';
import { HTMLElement, parse } from 'node-html-parser';
import { parse as parseQuery } from 'node:querystring';
import {
  AnyOf,
  BooleanField,
  ColorField,
  DataRequired,
  DateField,
  DateRange,
  DateTimeLocalField,
  DecimalField,
  DecimalRangeField,
  Disabled,
  Email,
  EmailField,
  EqualTo,
  FileField,
  FloatField,
  UploadedFile,
  Form,
  BoundField,
  FormValidator,
  HiddenField,
  IPAddress,
  InputRequired,
  IntegerField,
  IntegerRangeField,
  Length,
  MacAddress,
  MonthField,
  NoneOf,
  NumberRange,
  Optional,
  PasswordField,
  RadioField,
  ReadOnly,
  Regexp,
  SearchField,
  SelectField,
  SelectMultipleField,
  StringField,
  TelField,
  TextAreaField,
  TimeField,
  URL,
  URLField,
  UUID,
  ValidateWith,
  ValidationError,
  Validators,
  WeekField,
  createValidator,
  fillForm,
} from '../src';

const CHOICES = [
  'red',
  'green',
  { value: 'b&w', label: '<Black> & white' },
  { value: 'no', isDisabled: true },
];

const NUMBERS = [
  { value: 0, label: 'None' },
  { value: 1, label: 'One', group: 'Few' },
  { value: 2, group: 'Few' },
  { value: 1e21, group: 'Many' },
];

const isQuiet = createValidator({
  name: 'isQuiet',
  validate: (value) => value !== 'loud',
  defaultMessage: ({ value }) => `${String(value)} is loud.`,
});

/** A field of every kind, and every validator on some field. */
class EveryKindDto {
  @StringField('String', { help: 'Help.', attributes: { autocomplete: 'off' } })
  @DataRequired()
  @Length({ min: 2, max: 40 })
  @MinLength(2)
  @Matches(/^\P{Cc}*$/u)
  @NoneOf(['admin', 'root'])
  string!: string;

  @StringField('Untrimmed', { trim: false })
  @Optional({ stripWhitespace: false })
  @Regexp(/^[\w ]+$/, { htmlPattern: true, message: 'Not $value.' })
  untrimmed!: string;

  @StringField('Colour') @AnyOf(['red', 'green'], { message: '$property: not $value.' }) colour = 'red';

  @StringField('UUID') @Optional() @UUID() uuid!: string;

  @StringField('MAC address') @Optional() @MacAddress() mac!: string;

  @StringField('IP address') @Optional() @IPAddress({ ipv6: true }) ip!: string;

  @StringField('Searched') @Regexp(/b+/, { matcher: 'search' }) @HasLength(1, 20) searched!: string;

  @PasswordField('Password') @InputRequired() @Length({ min: 8, max: 100 }) password!: string;

  @PasswordField('Repeat password') @InputRequired() @EqualTo('password') password2!: string;

  @EmailField('Email') @DataRequired() @Email({ granularMessage: true }) email!: string;

  @EmailField('Other email') @IsOptional() @IsEmail() @MaxLength(50) other_email!: string;

  @EmailField('Any email') any_email!: string;

  @URLField('URL') @Optional() @URL() url!: string;

  @URLField('Other URL') @IsUrl() other_url!: string;

  @TelField('Telephone') @Optional() @IsPhoneNumber() tel!: string;

  @SearchField('Search') @IsNotEmpty() @Regexp(/a/, { htmlPattern: true }) search!: string;

  @TextAreaField('About') @Length({ max: 140 }) about!: string;

  @HiddenField('Hidden') @MaxLength(50) hidden!: string;

  @FileField('File') @InputRequired() file!: UploadedFile | null;

  @IntegerField('Integer')
  @Optional()
  @NumberRange({ min: -5, max: () => 5000 })
  @IsInt()
  integer!: number | null;

  @IntegerRangeField('Rank') @NumberRange({ min: 0, max: 10 }) @Min(0) @Max(10) rank = 5;

  @FloatField('Float') @Optional() float!: number | null;

  @ColorField('Colour code') @Optional() color!: string;

  @MonthField('Month') @Optional() month!: Date | null;

  @WeekField('Week') @Optional() week!: Date | null;

  @DecimalField('Decimal') @ValidateIf(({ boolean }: EveryKindDto) => boolean) @IsNumber() decimal!: number;

  @DecimalRangeField('Ratio') @NumberRange({ min: -1.5, max: 1e6 }) ratio = 0.5;

  @DateField('Date')
  @Optional()
  @DateRange({ min: new Date('1900-01-01'), max: () => new Date('2100-01-01') })
  @IsDate()
  date!: Date | null;

  @DateField('Other date') @MinDate(new Date('1970-01-01')) other_date!: Date | null;

  @TimeField('Time') @InputRequired() time!: string | null;

  @TimeField('Exact time', { seconds: true }) exact_time!: string | null;

  @DateTimeLocalField('Date and time') date_time!: Date | null;

  @DateTimeLocalField('Exact date and time', { seconds: true })
  @DateRange({ min: new Date('2000-01-01T00:00:01Z') })
  exact_date_time!: Date | null;

  @BooleanField('Boolean') boolean!: boolean;

  @BooleanField('Terms') @DataRequired() terms!: boolean;

  @RadioField('Radio', { choices: CHOICES }) @InputRequired() radio!: string | null;

  @SelectField('Select', { choices: () => CHOICES }) @Optional() @IsIn(['red', 'green']) select!:
    string | null;

  @SelectField('Number', { choices: NUMBERS }) number!: number | null;

  @SelectField('Open select', { choices: CHOICES, validateChoice: false }) open_select!: string | null;

  @SelectMultipleField('Several', { choices: CHOICES }) @ArrayMaxSize(2) several!: string[];

  @SelectMultipleField('Several numbers', { choices: NUMBERS })
  @Optional()
  @Length({ max: 3 })
  several_numbers!: number[];

  @StringField('Read-only') @ReadOnly() read_only = 'as it was';

  @StringField('Disabled') @Disabled() disabled = 'as it was';

  @StringField('Quiet')
  @Validators(isQuiet, isQuiet)
  @ValidateWith(({ data }) => {
    if (data === 'shout') throw new ValidationError('Do not shout.');
  })
  @ValidateWith(async ({ data }) => {
    if ((await Promise.resolve(data)) === 'cry') throw new ValidationError('Do not cry.');
  })
  quiet!: string;

  validate_quiet({ data }: BoundField) {
    if (data === 'whisper') throw new ValidationError(`You ${data}.`);
  }

  validate_form({ data }: Form<EveryKindDto>) {
    if (data.string === data.hidden) throw new ValidationError('Twice the same.');
  }
}

const NAMES = new Form(new EveryKindDto()).fields.map(({ name }) => name);

/** Text as JavaScript has it, half of a surrogate pair included. */
const utf16 = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

const MARKUP = [
  '"><script>alert(1)</script>',
  "' onfocus='alert(1)' autofocus x='",
  '" onfocus="alert(1)" autofocus x="',
  '</textarea><script>alert(1)</script>',
  '\n</textarea><img src=x onerror=alert(1)>',
  '</option></select><b>',
  '--><b>',
  '&quot;&lt;b&gt;&#x22;&amp;quot;',
  '`onclick=alert(1)',
  '{{value}} {{{value}}} {{> field}}',
  '$value $property $constraint1 $target $& $1',
];

/** A text without anything to it that a person may have meant for another field. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: utf16 }),
  fc.string({
    unit: fc.constantFrom('"', "'", '<', '>', '&', '=', '`', '/', '\n', '\r', '\t', ' ', 'a', ';', '#'),
  }),
  fc.constantFrom(...MARKUP, '', ' ', '\0', '\ud800', '\udc00a', '__proto__', 'constructor', 'toString'),
  fc.tuple(fc.constantFrom(...MARKUP), fc.string({ unit: utf16 })).map((parts) => parts.join('')),
);

const digits = fc.stringMatching(/^\d{0,18}$/);
const sign = fc.constantFrom('', '-');
const integerText = fc.oneof(
  fc.integer().map(String),
  fc.maxSafeInteger().map(String),
  fc.constant('-0'),
  digits,
);
const decimalText = fc.oneof(
  fc.double().map(String),
  fc.tuple(sign, digits, digits).map(([minus, whole, rest]) => `${minus}${whole}.${rest}`),
  fc.tuple(sign, digits, fc.integer({ min: -330, max: 310 })).map(([minus, all, e]) => `${minus}${all}e${e}`),
  integerText,
);
const moment = fc.date({
  min: new Date('0001-01-01'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const iso = moment.map((date) => date.toISOString());
const dateText = iso.map((text) => text.slice(0, 10));
const exactTimeText = iso.map((text) => text.slice(11, 19));
const timeText = exactTimeText.map((text) => text.slice(0, 5));
const dateTimeText = fc.oneof(
  iso.map((text) => text.slice(0, 16)),
  iso.map((text) => text.slice(0, 16).replace('T', ' ')),
);
const exactDateTimeText = fc.oneof(
  iso.map((text) => text.slice(0, 19)),
  dateTimeText,
);
const choice = fc.constantFrom('red', 'green', 'b&w', 'no');
const numberChoice = fc.constantFrom('0', '1', '2', '1e+21', 0, 1, 2, 1e21);
const wellFormedText = fc.string({ unit: 'grapheme', maxLength: 30 });
const password = fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 30 });

/** What somebody would enter into each field, most of it right. */
const PLAUSIBLE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: wellFormedText,
  untrimmed: fc.string({ unit: fc.constantFrom('a', '_', ' ', '1') }),
  colour: choice,
  uuid: fc.uuid(),
  mac: fc.constantFrom('00:1b:44:11:3a:b7', '00-1b-44-11-3a-b7'),
  ip: fc.oneof(fc.ipV4(), fc.ipV6()),
  searched: fc.string({ unit: fc.constantFrom('a', 'b', 'é') }),
  password,
  password2: password,
  email: fc.oneof(fc.emailAddress(), fc.constant('susan@bücher.example')),
  other_email: fc.emailAddress(),
  any_email: fc.emailAddress(),
  url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  other_url: fc.webUrl(),
  tel: fc.constantFrom('+49 30 1234567', '+1 202 555 0123', '030'),
  search: wellFormedText,
  about: fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '<', '👍', ' ') }),
  hidden: wellFormedText,
  file: fc.constantFrom(uploadedFile(), uploadedFile({ originalName: 'me.jpg', sizeBytes: 0 })),
  integer: fc.oneof(integerText, fc.integer()),
  rank: fc.integer({ min: -1, max: 11 }).map(String),
  decimal: fc.oneof(decimalText, fc.double()),
  ratio: fc.oneof(decimalText, fc.double({ min: -2, max: 2, noNaN: true })),
  float: fc.oneof(decimalText, fc.double()),
  color: fc.constantFrom('#ff0080', '#FF0080', '#000000', 'red'),
  month: iso.map((text) => text.slice(0, 7)),
  week: fc.constantFrom('2026-W01', '2020-W53', '2026-W53', '2021-W53', '0001-W01', '9999-W52'),
  date: dateText,
  other_date: dateText,
  time: fc.oneof(timeText, exactTimeText),
  exact_time: fc.oneof(timeText, exactTimeText),
  date_time: dateTimeText,
  exact_date_time: exactDateTimeText,
  boolean: fc.constantFrom('y', '', 'false', true, false),
  terms: fc.constantFrom('y', true),
  radio: choice,
  select: choice,
  number: numberChoice,
  open_select: fc.oneof(choice, wellFormedText),
  several: fc.oneof(choice, fc.uniqueArray(choice)),
  several_numbers: fc.oneof(numberChoice, fc.uniqueArray(numberChoice)),
  read_only: fc.constantFrom('as it was', ' as it was ', 'else'),
  disabled: fc.constant('as it was'),
  quiet: fc.constantFrom('loud', 'shout', 'cry', 'whisper', '<b>hush</b>'),
};

const jsonBody = (value: fc.Arbitrary<unknown>) => bodyOf(() => value);

/** Fields are left out as well. */
function bodyOf(valueOf: (name: string) => fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(NAMES.map((name) => [name, valueOf(name)])), { requiredKeys: [] });
}

const plausibleBody = bodyOf((name) => PLAUSIBLE[name] ?? fc.constant(undefined));

/** For each field what is plausible, or not, or plausible for another; alone or several times. */
const body = bodyOf((name) =>
  fc.oneof(
    { arbitrary: PLAUSIBLE[name] ?? hostileText, weight: 3 },
    { arbitrary: hostileText, weight: 2 },
    fc.oneof(...Object.values(PLAUSIBLE)),
    fc.array(hostileText, { maxLength: 3 }),
    fc.jsonValue({ maxDepth: 2 }),
  ),
);

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', ...NAMES),
  hostileText,
);

const anything = fc.oneof(
  fc.anything({
    key,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  hostileText,
);

/** What JSON and a posted form are read to, with `__proto__` as a key of its own. */
const parsed = fc.oneof(
  fc.json({ stringUnit: utf16 }).map((text): unknown => JSON.parse(text)),
  fc
    .array(fc.tuple(key, fc.jsonValue({ maxDepth: 3 })))
    .map((entries): unknown =>
      JSON.parse(
        `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
      ),
    ),
  fc
    .array(fc.tuple(key, hostileText))
    .map((pairs) =>
      parseQuery(
        pairs.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('=')).join('&'),
      ),
    ),
  fc.string().map((text) => parseQuery(text)),
);

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + '{"a":'.repeat(depth) + '0' + '}'.repeat(depth) + ']'.repeat(depth));
}

/** As much as a request may hold. */
const LONGEST = 100_000;

/** What it may be made of to be slow to read, where a check begins anew at every character. */
const REPEATED = ['a', ' ', '0', '1.', '{', '-', '@', ':', '\r', '\0', '👍', '\ud800'];

let validator: FormValidator;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    providers: [FormValidator],
  }).compile();
  validator = module.get(FormValidator);
});

async function post(sent: unknown): Promise<Form<EveryKindDto>> {
  const form = fillForm(new EveryKindDto(), sent);
  await validator.validate(form);
  return form;
}

function fieldOf(form: Form<object>, name: string): BoundField {
  const field = form.fieldNamed(name);
  if (!field) throw new Error(`There is no field ${name}`);
  return field;
}

function htmlOf(form: Form<object>): string {
  return renderPartial('fields', { form });
}

function pageOf(form: Form<object>): HTMLElement {
  return parse(htmlOf(form), { comment: true });
}

/** The elements of a page and the names of their attributes. */
function outline(element: HTMLElement): unknown {
  const { rawTagName, rawAttributes, children } = element;
  return [rawTagName, Object.keys(rawAttributes).sort(), children.map(outline)];
}

/** What the control of a field holds, that a browser would send if it were not disabled. */
function held(page: HTMLElement, name: string): string[] {
  return page.querySelectorAll(`[name="${name}"]`).flatMap((control) => {
    const value = control.getAttribute('value') ?? '';
    if (control.tagName === 'TEXTAREA') return control.textContent.replace(/^\n/, '');
    if (control.tagName === 'SELECT') {
      const selected = control.querySelectorAll('option[selected]');
      return selected.map((option) => option.getAttribute('value') ?? '');
    }
    const isButton = ['radio', 'checkbox'].includes(control.getAttribute('type') ?? '');
    return isButton && !control.hasAttribute('checked') ? [] : value;
  });
}

/** What a browser would send of a field as it is shown; of what is not shown again, what was typed before. */
function resent(field: BoundField): unknown {
  const { name, type, sent, flags } = field;
  if (type === 'password' || type === 'file') return sent;
  const texts = flags.disabled ? [] : held(parse(renderPartial('field', field)), name);
  return texts.length > 1 ? texts : texts[0];
}

function resentAll({ fields }: Form<object>): Record<string, unknown> {
  const entries = fields.map((field): [string, unknown] => [field.name, resent(field)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** HTML has neither a NUL nor half of a surrogate pair. */
function asHtmlHolds(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

describe('a form that gets anything at all', () => {
  it('never fails, whatever is posted', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(anything, parsed, jsonBody(anything), body), async (sent) => {
        expect(typeof (await post(sent)).isValid).toBe('boolean');
      }),
      { numRuns: 80 },
    ));

  it.each([1, 1000, 10_000])('never fails for what is nested %d deep', async (depth) => {
    const deep = nested(depth);
    expect((await post(Object.fromEntries(NAMES.map((name) => [name, deep])))).isValid).toBe(false);
    expect((await post(deep)).isValid).toBe(false);
  });

  it.each(REPEATED)('takes for texts of %j as much longer as they are longer', async (part) => {
    // One field at a time, as much as a request may hold: all of them at once would measure the garbage collector.
    const cpuMsFor = async (length: number) => {
      const long = part.repeat(length / part.length);
      const before = process.cpuUsage();
      for (const name of NAMES) {
        for (const text of [long, `a@${long}!`, `0.1${long}1`]) await post({ [name]: text });
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const leastCpuMsFor = async (length: number) => Math.min(await cpuMsFor(length), await cpuMsFor(length));
    await cpuMsFor(LONGEST / 16);
    // 16 times the length takes 256 times as long where it is quadratic, which is seconds for the longest; most of the rest is the form itself.
    const most = 40 * Math.max(await leastCpuMsFor(LONGEST / 16), 5);
    expect(await leastCpuMsFor(LONGEST)).toBeLessThan(most);
  });

  it('leaves the prototypes of its DTO and of objects as they are', () =>
    fc.assert(
      fc.asyncProperty(parsed, async (sent) => {
        const { data } = await post(sent);
        expect(Object.getPrototypeOf(data)).toBe(EveryKindDto.prototype);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(NAMES).toEqual(expect.arrayContaining(Object.keys(data)));
      }),
      { numRuns: 25 },
    ));
});

describe('a page that shows what was typed', () => {
  /** The same form with harmless texts, and as many messages. */
  function harmless(form: Form<EveryKindDto>): Form<EveryKindDto> {
    const special = new Set<unknown>([
      '',
      'false',
      ...CHOICES.map((one) => (typeof one === 'string' ? one : one.value)),
    ]);
    for (const { value } of NUMBERS) special.add(String(value));
    const tame = (sent: unknown) => (typeof sent === 'string' && !special.has(sent) ? 'harmless' : sent);
    const typed = form.fields.filter(({ sent }) => sent !== undefined);
    const twin = fillForm(
      new EveryKindDto(),
      Object.fromEntries(
        typed.map(({ name, sent }) => [name, Array.isArray(sent) ? sent.map(tame) : tame(sent)]),
      ),
    );
    for (const field of twin.fields) {
      field.errors.splice(0);
      // A page says the same thing once.
      new Set(fieldOf(form, field.name).errors).forEach((error) =>
        field.addError(`About ${error.length}: ${field.errors.length}.`),
      );
    }
    return twin;
  }

  it('has the same elements and attributes whatever was typed', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(body, jsonBody(hostileText)), async (sent) => {
        const form = await post(sent);
        const page = pageOf(form);
        expect(outline(page)).toEqual(outline(pageOf(harmless(form))));
        expect(page.querySelectorAll('script, img, b')).toEqual([]);
      }),
      { numRuns: 25 },
    ));

  it('holds in its controls what was typed', () =>
    fc.assert(
      fc.asyncProperty(jsonBody(hostileText), async (sent) => {
        const page = pageOf(await post(sent));
        for (const { name, element, type } of new Form(new EveryKindDto()).fields) {
          const typed = sent[name];
          if (typeof typed !== 'string' || type === 'password' || type === 'file') continue;
          if (['input', 'textarea'].includes(element)) expect(held(page, name)).toEqual([asHtmlHolds(typed)]);
        }
      }),
      { numRuns: 25 },
    ));

  it('holds in its controls the choices that were made', () =>
    fc.assert(
      fc.asyncProperty(plausibleBody, async (sent) => {
        const page = pageOf(await post(sent));
        for (const name of ['radio', 'select', 'number', 'several', 'several_numbers']) {
          const chosen = [sent[name] ?? []].flat().map(String);
          expect(held(page, name).sort()).toEqual(
            chosen.filter((text, at) => chosen.indexOf(text) === at).sort(),
          );
        }
      }),
      { numRuns: 25 },
    ));

  it('says in its messages what they say', () =>
    fc.assert(
      fc.asyncProperty(jsonBody(hostileText), async (sent) => {
        const form = await post(sent);
        const page = pageOf(form);
        for (const { id, errors } of form.fields) {
          const said = page.querySelectorAll(`#${id}-errors li`).map((item) => item.textContent);
          expect(said).toEqual([...new Set(errors)]);
        }
      }),
      { numRuns: 25 },
    ));

  it('never has a password in it, nor the name of a file', () => {
    const secret = fc.stringMatching(/^[A-Z]{12,40}$/);
    const sentSecret = fc.oneof(
      secret,
      secret.map((text) => [text]),
      secret.map((text) => ({ text })),
      secret.map((text) => `${text}\0`),
      fc.maxSafeInteger().filter((number) => Math.abs(number) > 1e12),
    );
    return fc.assert(
      fc.asyncProperty(body, sentSecret, sentSecret, sentSecret, async (others, first, second, file) => {
        const form = await post({ ...others, password: first, password2: second, file });
        const kept = Object.assign(new EveryKindDto(), { password: first, password2: second, file });
        const secrets = [first, second, file].map((sent) => /[A-Z]+|\d+/.exec(JSON.stringify(sent))?.[0]);
        for (const text of secrets) {
          for (const shown of [form, new Form(kept)]) expect(htmlOf(shown)).not.toContain(text);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('has labels, helps, choices and attributes as text', () => {
    const shown = fc.tuple(fc.constantFrom(...MARKUP), fc.string({ unit: 'binary', maxLength: 5 }));
    const text = shown.map(([markup, more]) => markup + more.replaceAll('\0', ''));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 5, maxLength: 5 }),
        ([label = '', help = '', value = '', name = '', group = '']) => {
          const page = pageOf(
            new Form(Object.assign(labelled(label, help, value, name, group), { select: value })),
          );
          expect(outline(page)).toEqual(
            outline(pageOf(new Form(Object.assign(labelled('a', 'a', 'a', 'a', 'a'), { select: 'a' })))),
          );
          const texts = (selector: string) =>
            page.querySelectorAll(selector).map((one) => one.textContent.trim());
          expect(texts('label[for="string"], label[for="select"]')).toEqual([label.trim(), label.trim()]);
          expect(texts('legend')).toEqual([label.trim()]);
          expect(texts('label[for="radio-0"], label[for="boolean"]')).toEqual([name.trim(), label.trim()]);
          expect(texts('small')).toEqual([help.trim()]);
          expect(texts('option')).toEqual([name.trim()]);
          expect(held(page, 'select')).toEqual([value]);
          expect(page.querySelector('#string')?.getAttribute('placeholder')).toBe(help);
          expect(page.querySelector('optgroup')?.getAttribute('label')).toBe(group);
          expect(page.querySelector('#radio-0')?.getAttribute('value')).toBe(value);
        },
      ),
      { numRuns: 25 },
    );
  });

  function labelled(label: string, help: string, value: string, name: string, group: string): object {
    const choices = [{ value, label: name, group }];
    class LabelledDto {
      @StringField(label, { help, attributes: { placeholder: help } })
      @Regexp(/a/, { message: label })
      string!: string;
      @SelectField(label, { choices }) select!: string;
      @RadioField(label, { choices }) radio!: string;
      @BooleanField(label) boolean!: boolean;
    }
    return new LabelledDto();
  }
});

describe('a value that a field has taken', () => {
  const KINDS: [string, fc.Arbitrary<unknown>][] = [
    ['string', wellFormedText],
    ['untrimmed', wellFormedText],
    ['email', fc.emailAddress()],
    ['url', fc.webUrl()],
    ['tel', wellFormedText],
    ['search', wellFormedText],
    ['about', fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', ' ', '<', '&', '👍') })],
    ['hidden', fc.string({ unit: 'grapheme' })],
    ['integer', fc.oneof(integerText, fc.maxSafeInteger(), fc.constant(-0))],
    ['rank', fc.oneof(integerText, fc.integer())],
    ['decimal', fc.oneof(decimalText, fc.double())],
    ['ratio', fc.oneof(decimalText, fc.double())],
    ['date', dateText],
    ['time', fc.oneof(timeText, exactTimeText)],
    ['exact_time', fc.oneof(timeText, exactTimeText)],
    ['date_time', fc.oneof(dateTimeText, exactDateTimeText)],
    ['exact_date_time', exactDateTimeText],
    ['boolean', fc.oneof(fc.boolean(), fc.constantFrom('y', '', 'on', 0, null))],
    ['radio', choice],
    ['select', choice],
    ['number', numberChoice],
    ['open_select', choice],
    ['several', fc.uniqueArray(choice)],
    ['several_numbers', fc.uniqueArray(numberChoice)],
  ];

  it.each(KINDS)('is shown so that it is taken again as the same: %s', (name, typed) =>
    fc.assert(
      fc.property(typed, (sent) => {
        const { errors, data, declaration } = filled(name, sent);
        fc.pre(errors.length === 0);
        const all: unknown[] = [data].flat();
        const texts = all.map((value) => declaration.kind.format(value));
        // A box that is not ticked has no text.
        if (data !== false) expect(filled(name, Array.isArray(data) ? texts : texts[0]).data).toEqual(data);
        const again = filled(name, resent(shown(name, data)));
        expect(again.errors).toEqual([]);
        // A list has its choices in the order of the page.
        if (Array.isArray(data)) expect(new Set([again.data].flat())).toEqual(new Set(all));
        else expect(again.data).toEqual(data);
      }),
      { numRuns: 20 },
    ),
  );

  function filled(name: string, sent: unknown): BoundField {
    return fieldOf(fillForm(new EveryKindDto(), { [name]: sent }), name);
  }

  /** A field of a DTO that has the value already, before anything is typed. */
  function shown(name: string, value: unknown): BoundField {
    return fieldOf(new Form(Object.assign(new EveryKindDto(), { [name]: value })), name);
  }

  it('passes again when the page is sent again as it is shown', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(plausibleBody, body), async (sent) => {
        const first = await post(sent);
        const second = await post(resentAll(first));
        for (const { name, sent: typed, errors, data } of first.fields) {
          // Every control with a text is sent; and no list can show what it does not have.
          if (errors.length > 0 || typed === undefined || name === 'open_select') continue;
          const again = fieldOf(second, name);
          expect([name, again.errors]).toEqual([name, []]);
          if (!Array.isArray(data)) expect([name, again.data]).toEqual([name, data]);
        }
      }),
      { numRuns: 30 },
    ));

  it('is one of the choices', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('radio', 'select', 'number', 'several', 'several_numbers'),
        fc.array(fc.oneof(numberChoice, choice, fc.constantFrom('', ' '), hostileText), { maxLength: 3 }),
        async (name, sent) => {
          for (const one of [sent, sent[0]]) {
            const { errors, choices, data } = fieldOf(await post({ [name]: one }), name);
            if (errors.length > 0) continue;
            const values: unknown[] = choices
              .filter(({ isDisabled }) => !isDisabled)
              .map(({ value }) => value);
            const taken: unknown[] = [data ?? []].flat();
            expect([name, taken.filter((value) => !values.includes(value))]).toEqual([name, []]);
          }
        },
      ),
      { numRuns: 25 },
    ));

  it('can be saved', () =>
    fc.assert(
      fc.asyncProperty(jsonBody(hostileText), async (sent) => {
        for (const { name, errors, data } of (await post(sent)).fields) {
          if (errors.length > 0 || typeof data !== 'string') continue;
          expect([name, data]).toEqual([name, asHtmlHolds(data)]);
        }
      }),
      { numRuns: 25 },
    ));
});

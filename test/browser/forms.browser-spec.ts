import { Test } from '@nestjs/testing';
import {
  ArrayNotEmpty,
  IsEmail,
  IsInt,
  IsNotEmpty,
  IsOptional,
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
import { domainToASCII } from 'node:url';
import {
  BooleanField,
  DataRequired,
  DateField,
  DateRange,
  DateTimeLocalField,
  DecimalField,
  DecimalRangeField,
  Email,
  EmailField,
  FileField,
  Form,
  FormValidator,
  InputRequired,
  IntegerField,
  IntegerRangeField,
  Length,
  NumberRange,
  Optional,
  PasswordField,
  RadioField,
  Regexp,
  SearchField,
  SelectField,
  SelectMultipleField,
  StringField,
  TelField,
  TextAreaField,
  TimeField,
  URL as WebAddress,
  URLField,
  fillForm,
  renderFields,
} from '@microblog/forms';
import { accessibilityViolations } from './support/accessibility';
import { useSite } from './support/use-site';

const RAW = { trim: false };
const HTML = { htmlPattern: true };
const never = () => false;

/** Fields for what is typed, with whatever a browser checks of it. */
class TypedDto {
  @StringField('Length') @Length({ min: 2, max: 5 }) length!: string;
  @StringField('Length, untrimmed', RAW) @Length({ min: 2, max: 5 }) raw_length!: string;
  @TextAreaField('Lines') @Length({ min: 2, max: 8 }) lines!: string;
  @TextAreaField('Lines, untrimmed', RAW) @Length({ min: 2, max: 8 }) raw_lines!: string;
  @PasswordField('Password') @InputRequired() @Length({ min: 3, max: 6 }) password!: string;
  @SearchField('Search') @DataRequired() @Length({ max: 4 }) search!: string;
  @TelField('Telephone') @InputRequired() @Length({ max: 3 }) @Length({ max: 4 }) tel!: string;
  @StringField('Optional length') @Optional() @Length({ min: 4 }) optional_length!: string;
  @StringField('Optional length, untrimmed', RAW) @Optional() @Length({ min: 4 }) raw_optional!: string;
  @StringField('Optional') @Optional() @DataRequired() optional!: string;

  @StringField('Whole') @Regexp(/^[a-z]+\d?$/, HTML) whole!: string;
  @StringField('Whole, untrimmed', RAW) @Regexp(/^[a-z]+\d?$/, HTML) raw_whole!: string;
  @StringField('Start') @Regexp(/[a-z]{2}/, HTML) start!: string;
  @StringField('Start, untrimmed', RAW) @Regexp(/^[a-z]{2}/, HTML) raw_start!: string;
  @StringField('End') @Regexp(/ab*$/, HTML) end!: string;
  @StringField('Dollar') @Regexp(/^a\$/, HTML) dollar!: string;
  @StringField('Backslash') @Regexp(/^a\\$/, HTML) backslash!: string;
  @StringField('Anything but') @Regexp(/^[^ab]+$/, HTML) anything_but!: string;
  @StringField('Alternatives') @Regexp(/^a|b$/, HTML) alternatives!: string;
  @StringField('Alternatives, untrimmed', RAW) @Regexp(/^a|b$/, HTML) raw_alternatives!: string;
  @StringField('One of two') @Regexp(/^(?:a|b)$/, HTML) one_of_two!: string;
  @StringField('With a digit') @Regexp(/^(?=.*\d)[a-z\d]+$/, HTML) with_digit!: string;
  @StringField('Without blanks') @Regexp(/^(?!.*\s).+$/, HTML) without_blanks!: string;
  @StringField('Not after a blank') @Regexp(/(?<!\s)[ab]+$/, HTML) not_after!: string;
  @StringField('Anywhere') @Regexp(/b+/, { ...HTML, matcher: 'search' }) anywhere!: string;
  @StringField('All of it') @Regexp(/a|ab/, { ...HTML, matcher: 'fullmatch' }) all_of_it!: string;
  @StringField('Optional pattern') @Optional() @Regexp(/^[a-z]+$/, HTML) optional_pattern!: string;
  @StringField('Own pattern') @Regexp(/a/, { htmlPattern: '.*a.*' }) own_pattern!: string;

  @EmailField('Email') @DataRequired() @Email() email!: string;
  @EmailField('Short email') @Email() @Length({ max: 20 }) short_email!: string;
  @EmailField('Optional email') @Optional() @IsEmail() optional_email!: string;
  @EmailField('Any email') any_email!: string;
  @StringField('Email as text') @IsEmail() text_email!: string;
  @URLField('URL') @DataRequired() @WebAddress() url!: string;
  @URLField('Local URL') @Optional() @WebAddress({ requireTld: false, schemes: null }) local_url!: string;
  @URLField('Any URL') any_url!: string;

  @IntegerField('Integer') @InputRequired() integer!: number | null;
  @IntegerField('Small integer') @NumberRange({ min: -10.5, max: 10.5 }) small_integer!: number | null;
  @IntegerField('Natural') @Optional() @IsInt() @Min(0.5) @Max(1000.5) natural!: number | null;
  @DecimalField('Decimal') @InputRequired() decimal!: number | null;
  @DecimalField('Ratio') @Optional() @NumberRange({ min: 0.1, max: 1e5 }) ratio!: number | null;
  @DecimalField('Tiny') @NumberRange({ min: -1e-7, max: 1e-7 }) tiny!: number | null;

  @StringField('At most') @MaxLength(3) at_most!: string;
  @StringField('At least') @MinLength(3) at_least!: string;
  @StringField('Between', RAW) @HasLength(2, 4) between!: string;
  @StringField('Letters') @Matches(/^[a-z]+$/) letters!: string;
  @StringField('Letters, untrimmed', RAW) @Matches(/^\p{L}{1,3}$/u) raw_letters!: string;
  @StringField('Either end', RAW) @Matches(/^a|b$/) either_end!: string;
  @StringField('Two or three') @Matches(/^.{2,3}$/u) two_or_three!: string;
  @StringField('Two halves') @Matches(/^..$/) two_halves!: string;
  @StringField('Any case') @Matches(/^[a-z]+$/i) any_case!: string;
  @StringField('Word') @Matches(/^[\w-]+$/) word!: string;
  @StringField('Somewhere') @Matches(/b/) somewhere!: string;
  @StringField('Not empty') @IsNotEmpty() not_empty!: string;
  @StringField('On a condition')
  @ValidateIf(never)
  @DataRequired()
  @MinLength(5)
  @IsEmail()
  conditional!: string;
  @StringField('May be null') @IsOptional() @IsNotEmpty() @MinLength(2) may_be_null!: string;
  @IntegerField('Number on a condition') @ValidateIf(never) @IsNotEmpty() @Min(5) conditional_number!: number;
}

/** Fields that a browser lets nobody type into as text. */
class PickedDto {
  @IntegerRangeField('Rank') @NumberRange({ min: -0.5, max: 10.5 }) rank!: number;
  @DecimalRangeField('Share') @NumberRange({ min: 0, max: 1 }) share!: number;
  @DateField('Date') @InputRequired() date!: Date;
  @DateField('Date in a range')
  @Optional()
  @DateRange({ min: new Date('2026-01-15T12:00Z'), max: () => new Date('2026-02-15T12:00Z') })
  near_date!: Date;
  @DateField('Later date') @MinDate(new Date('2026-02-01')) later_date!: Date;
  @TimeField('Time') @InputRequired() time!: string;
  @TimeField('Exact time', { seconds: true }) @Optional() exact_time!: string;
  @DateTimeLocalField('Moment') @InputRequired() moment!: Date;
  @DateTimeLocalField('Moment in a range')
  @DateRange({ min: new Date('2026-01-15T12:00:30Z'), max: new Date('2026-02-15T12:00:30Z') })
  near_moment!: Date;
  @DateTimeLocalField('Exact moment in a range', { seconds: true })
  @Optional()
  @DateRange({ min: new Date('2026-01-15T12:00:30.500Z'), max: new Date('2026-02-15T12:00:30.500Z') })
  exact_moment!: Date;
}

const COLOURS = ['red', 'green', { value: 'none', isDisabled: true }];
const LEVELS = [
  { value: '', label: 'Choose…' },
  { value: 0, label: 'None', group: 'Low' },
  { value: 1, label: 'Some', group: 'Low' },
  { value: 2, label: 'Much', group: 'High' },
];

/** Fields with choices, of which one can be made or none. */
class ChosenDto {
  @RadioField('Radio', { choices: COLOURS }) @InputRequired() radio!: string;
  @RadioField('Optional radio', { choices: COLOURS }) @Optional() @DataRequired() optional_radio!: string;
  @RadioField('Number', { choices: LEVELS }) @IsNotEmpty() number!: number;
  @SelectField('Select', { choices: LEVELS }) @InputRequired() select!: number;
  @SelectField('Optional select', { choices: LEVELS }) @Optional() optional_select!: number;
  @SelectField('Level', { choices: LEVELS }) @IsNotEmpty() level!: number;
  @SelectField('Conditional', { choices: LEVELS }) @ValidateIf(never) @IsNotEmpty() conditional!: number;
  @SelectMultipleField('Several', { choices: COLOURS }) @DataRequired() several!: string[];
  @SelectMultipleField('Any', { choices: COLOURS }) @IsNotEmpty() any!: string[];
  @SelectMultipleField('Not none', { choices: LEVELS }) @ArrayNotEmpty() not_none!: number[];
  @BooleanField('Box') @IsNotEmpty() box!: boolean;
  @BooleanField('Terms') @DataRequired() terms!: boolean;
  @BooleanField('Sent') @InputRequired() sent!: boolean;
}

/** All kinds, as a page has them, once as they begin and once with something wrong. */
class ShownDto {
  @StringField('String', { help: 'A line of text.' }) @DataRequired() string = '';
  @PasswordField('Password') @DataRequired() password = '';
  @EmailField('Email', { help: 'We write once.' }) @Email() email = 'susan@example.com';
  @URLField('URL') @WebAddress() url = 'https://example.com/';
  @TelField('Telephone') @DataRequired() tel = '';
  @SearchField('Search') @DataRequired() search = '';
  @TextAreaField('Text', { help: 'Some lines.' }) @DataRequired() text = '';
  @FileField('File', { help: 'A picture.' }) @InputRequired() file = null;
  @IntegerField('Integer') @NumberRange({ min: 1 }) integer = 1;
  @IntegerRangeField('Rank', { help: 'From 0 to 10.' }) @NumberRange({ min: 1, max: 10 }) rank = 5;
  @DecimalField('Decimal') @NumberRange({ min: 1 }) decimal = 1.5;
  @DecimalRangeField('Share') @NumberRange({ min: 0, max: 1 }) share = 0.5;
  @DateField('Date') @InputRequired() date = new Date('2026-11-22');
  @TimeField('Time', { help: 'When we meet.' }) @InputRequired() time = '18:30';
  @DateTimeLocalField('Moment', { seconds: true }) @InputRequired() moment = new Date('2026-11-22T18:30Z');
  @BooleanField('I have read the terms, which are long, and agree', { help: 'All of them.' })
  @DataRequired()
  terms = false;
  @RadioField('Colour', { choices: COLOURS, help: 'Of the cover.' }) @InputRequired() colour = 'red';
  @SelectField('Level', { choices: LEVELS, help: 'How much.' }) @InputRequired() level = 1;
  @SelectMultipleField('Colours', { choices: COLOURS }) @DataRequired() colours = ['green'];
}

const blanks = fc.string({ unit: fc.constantFrom(' ', '\u00a0', '\u3000', '\t'), maxLength: 3 });
const unit = fc.constantFrom(
  'a',
  'b',
  '1',
  'é',
  'e\u0301',
  '👍',
  '👍🏽',
  '👨‍👩‍👧',
  '✈\ufe0f',
  '\u0301',
  'ß',
  '$',
  '\\',
  ' ',
  '-',
);
/** Without tabs: Chromium keeps them in addresses, and blanks alone in that of a page, though it should cut them off. */
const spaces = fc.string({ unit: fc.constantFrom(' ', '\u00a0', '\u3000'), maxLength: 3 });
const anyText = fc.oneof(
  fc.string({ unit, maxLength: 7 }),
  fc.string({ unit, maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('👍', '✈\ufe0f', '\ufe0f'), maxLength: 9 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 5 }),
  blanks,
);

/** As typed with blanks around, now and then. */
function padded(text: fc.Arbitrary<string>, pad = blanks): fc.Arbitrary<string> {
  return fc.oneof(
    text,
    fc.tuple(pad, text, pad).map((parts) => parts.join('')),
  );
}

/** What a pattern takes, at times with something around or with something left out. */
function like(regex: RegExp): fc.Arbitrary<string> {
  const text = fc.stringMatching(regex).map((raw) => raw.replace(/[^\P{Cc}\t]/gu, '').toWellFormed());
  const short = text.filter((one) => one.length < 12);
  return padded(
    fc.oneof(
      short,
      anyText,
      fc.tuple(short, anyText).map((parts) => parts.join('')),
    ),
  );
}

const lines = fc.string({ unit: fc.constantFrom('a', '\n', ' ', '👍'), maxLength: 10 });
const tld = fc.constantFrom('de', 'com', 'example', 'рф', 'xn--p1ai', 'test');
const host = fc.oneof(
  fc.domain(),
  fc
    .tuple(
      fc.constantFrom(
        'bücher',
        'BÜCHER',
        'straße',
        '例え',
        'bü--cher',
        'ab--cd',
        'a_b',
        'a.b',
        'ü.ö',
        '-a',
        'a-',
        'exa%6dple',
        'exa\u00admple',
        'ｅｘ',
        '👍',
        'xn--a',
        'x'.repeat(64),
        'xn--bcher-kva',
      ),
      tld,
    )
    .map((parts) => parts.join('.')),
  fc.constantFrom(
    'localhost',
    '127.0.0.1',
    '127.1',
    '[::1]',
    'example.com.',
    'example.com/x',
    'example.com?x',
    'example.com:80',
    'a..b',
    'ab--cd.bücher.de',
  ),
);
const emails = padded(
  fc.oneof(
    fc.emailAddress(),
    fc
      .tuple(
        fc.constantFrom('a', 'susan', 'a.b', 'a+b', '"a b"', 'ä', '.a', 'a..b', "o'neil", 'x'.repeat(64)),
        host,
      )
      .map((parts) => parts.join('@')),
    spaces,
  ),
  spaces,
);
const path = fc.constantFrom('', '/', '/a b', '/ü?ü#ü', '?a', '#', '/%zz', '/<>"', '\\a');
const urls = padded(
  fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .tuple(
        fc.constantFrom('http://', 'HTTPS://', 'ftp://', 'http:', 'foo://', '//', 'http://a:b@', ''),
        host,
        fc.constantFrom('', ':80', ':', ':65536'),
        path,
      )
      .map((parts) => parts.join('')),
    fc.constantFrom(
      'mailto:susan@example.com',
      'javascript:alert(1)',
      'data:,',
      'a:',
      'http://',
      'http:///a',
      'about:blank',
    ),
    spaces,
  ),
  spaces,
).filter((text) => !/^ +$/.test(text));
const numbers = padded(
  fc.oneof(
    fc.integer({ min: -12, max: 12 }).map(String),
    fc.integer().map(String),
    fc.maxSafeInteger().map(String),
    fc.double().map(String),
    fc.double({ min: -1, max: 1 }).map(String),
    fc.stringMatching(/^-?0{0,3}\d{0,4}\.?\d{0,4}(?:[eE][+-]?\d{1,3})?$/),
    fc.constantFrom(
      '1e5',
      '1E5',
      '.5',
      '-.5',
      '-0',
      '0.0',
      '-0.0',
      '007',
      '1.',
      '+1',
      '1e400',
      '1e-400',
      '1e308',
      '-1e308',
      '1e-7',
      '1e-8',
      '0.1',
      '0.10',
      '100000.0',
      '1e5.5',
      '',
      '9007199254740991',
      '9007199254740993',
      '123456789012345',
      '0.000000000000001',
    ),
  ),
  fc.constantFrom('', ' '),
);

const TYPED: Readonly<Partial<Record<keyof TypedDto, fc.Arbitrary<string>>>> = {
  lines: padded(lines, fc.constantFrom('', '\n', ' ')),
  raw_lines: lines,
  whole: like(/^[a-z]+\d?$/),
  raw_whole: like(/^[a-z]+\d?$/),
  start: like(/^[a-z]{2}/),
  raw_start: like(/^[a-z]{2}/),
  end: like(/^ab*$/),
  dollar: like(/^a\$/),
  backslash: like(/^a\\$/),
  anything_but: like(/^[^ab]+$/),
  with_digit: like(/^[a-z]+\d$/),
  without_blanks: like(/^[a-z]+$/),
  not_after: like(/^[ab]+$/),
  all_of_it: like(/^(?:a|ab)$/),
  optional_pattern: like(/^[a-z]+$/),
  email: emails,
  short_email: emails,
  optional_email: emails,
  any_email: emails,
  text_email: emails,
  url: urls,
  local_url: urls,
  any_url: urls,
  integer: numbers,
  small_integer: numbers,
  natural: numbers,
  decimal: numbers,
  ratio: numbers,
  tiny: numbers,
  letters: like(/^[a-z]+$/),
  any_case: like(/^[a-zA-Z]+$/),
  word: like(/^[\w-]+$/),
  conditional_number: numbers,
};

const year = fc.oneof(fc.constant(2026), fc.integer({ min: 1, max: 9999 }));
const month = fc.integer({ min: 1, max: 3 });
const day = fc.integer({ min: 1, max: 31 });
const two = (number: number) => String(number).padStart(2, '0');
const days = fc
  .tuple(year, month, day)
  .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`);
const times = fc.oneof(
  fc.constantFrom('12:00', '12:00:30', '12:00:31', '12:00:29', '12:01', '00:00', '23:59:59', '24:00'),
  fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map(two).join(':')),
  fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(two).join(':')),
);
const moments = fc
  .oneof(fc.tuple(days, times), fc.tuple(fc.constantFrom('2026-01-15', '2026-02-15'), times))
  .map((parts) => parts.join('T'));

const PICKED: Readonly<Record<keyof PickedDto, fc.Arbitrary<string>>> = {
  rank: fc.integer({ min: -2, max: 12 }).map(String),
  share: fc.oneof(fc.double({ min: 0, max: 1 }).map(String), fc.stringMatching(/^0?\.\d{1,15}$/)),
  date: days,
  near_date: days,
  later_date: days,
  time: times,
  exact_time: times,
  moment: moments,
  near_moment: moments,
  exact_moment: moments,
};

/** What became of a value in a browser. */
interface Entered {
  readonly name: string;
  readonly typed: string;
  readonly held: string;
  readonly isValid: boolean;
  readonly why: string;
}

/** Run by the browser: puts a form into the place of what the page shows. */
const SHOW = `(html) => { document.querySelector('main').innerHTML = html; }`;

/** Run by the browser: a command edits as keys do, so that it heeds what a control cuts off; a script does not. */
const ENTER = `([values, isTyped]) =>
  values.map(([name, typed]) => {
    const control = document.querySelector('.card [name="' + name + '"]');
    if (isTyped) {
      control.focus();
      control.select();
      document.execCommand('delete');
      document.execCommand('insertText', false, typed);
    } else {
      control.value = typed;
    }
    const { value: held, validationMessage: why } = control;
    return { name, typed, held, isValid: control.checkValidity(), why };
  })`;

/** Run by the browser: the control where keys go, which was emptied for them. */
const EMPTY = `(name) => {
  const control = document.querySelector('.card [name="' + name + '"]');
  control.value = '';
  control.focus();
}`;
/** Run by the browser: the names of the controls that count what they hold. */
const COUNTED = `() => [...document.querySelectorAll('.card :is([minlength], [maxlength])')].map(({ name }) => name)`;
const LOOK = `() => {
  const { name, value: held, validationMessage: why } = document.activeElement;
  return { name, held, isValid: document.activeElement.checkValidity(), why };
}`;

/** Run by the browser: makes every choice that a control has, and looks at what would be sent. */
const CHOOSE = `() => {
  const form = document.querySelector('form.card');
  const found = [];
  const look = (control) => {
    const { name } = control;
    found.push({ name, sent: new FormData(form).getAll(name), isValid: control.checkValidity() });
  };
  for (const control of form.elements) {
    const parts = control.type.startsWith('select') ? [...control.options] : [control];
    const key = parts[0] === control ? 'checked' : 'selected';
    if (!control.name || !(key in parts[0])) continue;
    if (control.type !== 'select-one') {
      for (const part of parts) part[key] = false;
      look(control);
    }
    for (const part of parts.filter(({ disabled }) => !disabled)) {
      part[key] = true;
      look(control);
    }
  }
  return found;
}`;

/** What a browser would send of a choice. */
interface Chosen {
  readonly name: string;
  readonly sent: string[];
  readonly isValid: boolean;
}

type Texts = Partial<Record<string, fc.Arbitrary<string>>>;

const SEED = 2026;
const TIMES = 100;

let validator: FormValidator;

beforeAll(async () => {
  const module = await Test.createTestingModule({ providers: [FormValidator] }).compile();
  validator = module.get(FormValidator);
});

const inUse = useSite(({ page }) => page.goto('/login'));

/** Calls a function in the browser. */
function run<T>(script: string, argument: unknown): Promise<T> {
  return inUse.susan.page.evaluate<T>(`(${script})(${JSON.stringify(argument)})`);
}

/** Puts a form onto a page of the site, in place of what that shows. */
async function show(form: Form<object>): Promise<void> {
  const html = `<h1>Fields</h1><form class="card">${renderFields(form)}<button>Send</button></form>`;
  await run(SHOW, html);
}

async function post(dto: object, body: object): Promise<Form<object>> {
  const form = fillForm(dto, body);
  await validator.validate(form);
  return form;
}

/** Texts for every field of which the server takes them, several times. */
async function accepted(create: () => object, texts: Texts): Promise<[string, string][]> {
  const names = new Form(create()).fields.map(({ name }) => name);
  const records = fc.record(Object.fromEntries(names.map((name) => [name, texts[name] ?? padded(anyText)])));
  const all: [string, string][] = [];
  for (const typed of fc.sample(records, { seed: SEED, numRuns: TIMES })) {
    const { fields } = await post(create(), asSent(typed));
    for (const { name, errors } of fields) {
      if (errors.length === 0) all.push([name, typed[name] ?? '']);
    }
  }
  return all;
}

/** With line ends as a browser sends them. */
function asSent(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
  );
}

/**
 * Enters one value after the other into the fields that have the names. Only keys make a browser count what a control
 * holds; where nothing is counted, a command does the same in less time.
 */
async function enter(values: [string, string][], isTyped: boolean): Promise<Entered[]> {
  if (!isTyped) return run<Entered[]>(ENTER, [values, false]);
  const counted = await run<string[]>(COUNTED, null);
  const entered = await run<Entered[]>(ENTER, [values.filter(([name]) => !counted.includes(name)), true]);
  const { page } = inUse.susan;
  const seen = new Map<string, number>();
  for (const [name, typed] of values.filter(([one]) => counted.includes(one))) {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (times > 25) continue;
    await run(EMPTY, name);
    if (typed !== '') await page.keyboard.insertText(typed);
    entered.push({ ...(await run<Entered>(LOOK, null)), typed });
  }
  return entered;
}

/** What remains to be compared after what a browser may do to a value of that type. */
function essence(type: string | undefined, text: string): unknown {
  const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
  // A slider has 15 digits.
  if (type === 'range') return Number(Number(trimmed).toPrecision(12));
  if (type === 'number') return trimmed === '' ? '' : Number(trimmed);
  if (type === 'url') return trimmed;
  if (type !== 'email') return text.replace(/:00$/, '');
  const at = trimmed.lastIndexOf('@');
  // Chromium writes the ß of a domain as it was before 2010.
  return trimmed.slice(0, at + 1) + domainToASCII(trimmed.slice(at + 1).replaceAll('ß', 'ss'));
}

describe('the check of a browser', () => {
  /** What is accepted by the server alone, or held otherwise than it was entered; a few of each field. */
  async function refused(create: () => object, texts: Texts, isTyped: boolean): Promise<string[]> {
    const form = new Form(create());
    await show(form);
    const values = await accepted(create, texts);
    // Where nothing is accepted, nothing is tested.
    const names = new Set(values.map(([name]) => name));
    expect(form.fields.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
    const found = new Map<string, string[]>();
    for (const { name, typed, held, isValid, why } of await enter(values, isTyped)) {
      const type = form.fieldNamed(name)?.type;
      if (isValid && essence(type, held) === essence(type, typed)) continue;
      const text = `${name}: ${JSON.stringify(typed)} is held as ${JSON.stringify(held)}. ${why}`;
      found.set(name, [...(found.get(name) ?? []), text]);
    }
    return [...found.values()].flatMap((all) => all.slice(0, 4));
  }

  it('never refuses nor cuts off what is typed and the server accepts', async () => {
    expect(await refused(() => new TypedDto(), TYPED, true)).toEqual([]);
    // With keys, one text after another: some 20 s on a quiet machine.
  }, 90_000);

  it('never refuses what is picked and the server accepts', async () => {
    expect(await refused(() => new PickedDto(), PICKED, false)).toEqual([]);
  });

  it('never refuses a choice that the server accepts', async () => {
    await show(new Form(new ChosenDto()));
    const chosen = await run<Chosen[]>(CHOOSE, null);
    const accepted: Chosen[] = [];
    for (const choice of chosen) {
      const { name, sent } = choice;
      const form = await post(
        new ChosenDto(),
        sent.length === 0 ? {} : { [name]: sent.length > 1 ? sent : sent[0] },
      );
      if (form.fieldNamed(name)?.errors.length === 0) accepted.push(choice);
    }
    expect(accepted.filter(({ isValid }) => !isValid)).toEqual([]);
    const open = chosen.filter(({ name, isValid }) => !isValid || !accepted.some((one) => one.name === name));
    expect(open.map(({ name, sent }) => `${name}: ${sent.join()}`).sort()).toEqual(
      ['not_none: ', 'number: ', 'radio: ', 'select: ', 'sent: ', 'several: ', 'terms: ', 'level: '].sort(),
    );
  });

  const WRONG: [string, string][] = [
    ['search', ''],
    ['tel', ''],
    ['password', 'ab'],
    ['length', 'a'],
    ['raw_length', 'a'],
    ['raw_whole', ' a'],
    ['whole', 'A'],
    ['start', 'a1'],
    ['one_of_two', 'ab'],
    ['own_pattern', 'b'],
    ['email', 'susan'],
    ['url', 'example.com'],
    ['integer', ''],
    ['integer', '1.5'],
    ['small_integer', '-11'],
    ['small_integer', '11'],
    ['natural', '0'],
    ['ratio', '0.09'],
    ['at_least', 'ab'],
    ['letters', 'A'],
    ['raw_letters', '1'],
    ['not_empty', ''],
  ];

  const WRONG_PICKS: [string, string][] = [
    ['date', ''],
    ['near_date', '2026-02-16'],
    ['near_date', '2026-01-14'],
    ['later_date', '2026-01-31'],
    ['time', ''],
    ['moment', ''],
    ['moment', '2026-01-15T12:00:01'],
    ['near_moment', '2026-01-15T11:59'],
    ['exact_moment', '2026-02-15T12:00:31'],
  ];

  it('refuses what is missing, too short, too low, too high or of another pattern, as the server does', async () => {
    await show(new Form(new TypedDto()));
    const entered = await enter(WRONG, true);
    await show(new Form(new PickedDto()));
    entered.push(...(await enter(WRONG_PICKS, false)));
    expect(entered.filter(({ isValid }) => isValid)).toEqual([]);
    for (const [name, typed] of [...WRONG, ...WRONG_PICKS]) {
      const dto = WRONG.some(([other]) => other === name) ? new TypedDto() : new PickedDto();
      expect([name, (await post(dto, { [name]: typed })).fieldNamed(name)?.errors]).not.toEqual([name, []]);
    }
  });

  it('cuts off what is typed beyond twice the length, in which every character has a place', async () => {
    await show(new Form(new TypedDto()));
    for (const [typed, held] of [
      ['👍'.repeat(5), '👍'.repeat(5)],
      ['a'.repeat(11), 'a'.repeat(10)],
    ] as const) {
      expect(await run<Entered[]>(ENTER, [[['raw_length', typed]], true])).toMatchObject([{ held }]);
      expect(await enter([['raw_length', typed]], true)).toMatchObject([{ held, isValid: true }]);
    }
  });
});

describe('a page with fields of all kinds', () => {
  async function wrong(): Promise<Form<object>> {
    const names = new Form(new ShownDto()).fields.map(({ name }) => name);
    return post(new ShownDto(), Object.fromEntries(names.map((name) => [name, name === 'rank' ? '0' : ''])));
  }

  it.each<[string, () => Form<object> | Promise<Form<object>>]>([
    ['as it begins', () => new Form(new ShownDto())],
    ['with everything wrong', wrong],
  ])('%s can be read by everybody and fits a small screen', async (_name, create) => {
    const form = await create();
    await show(form);
    const { page } = inUse.susan;
    expect(await accessibilityViolations(page)).toEqual([]);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
    }
  });
});

import { renderPartial } from './partials';
import { Test } from '@nestjs/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaseForm, FIELD, singleForm, validatorOf, wholeForm } from './wtforms/case-form';
import { controlsIn } from './wtforms/controls';
import { DIFFERENCES, Difference } from './wtforms/differences';
import { translated, translatedPattern } from './wtforms/python';
import { Named, WtformsCase, titleOf } from './wtforms/wtforms-case';
import { BoundField, FormValidator } from '../src/index';

const CASES = casesIn('wtforms-cases.json');
const MORE_CASES = casesIn('more-cases.json');

/** What else a flag may be called, such as `title`, is no matter of WTForms. */
const FLAGS_OF_WTFORMS = [
  'required',
  'optional',
  'disabled',
  'readonly',
  'minlength',
  'maxlength',
  'min',
  'max',
  'step',
  'pattern',
];

let validator: FormValidator;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    providers: [FormValidator],
  }).compile();
  validator = module.get(FormValidator);
});

describe("WTForms' own cases", () => {
  for (const given of CASES) it(titleOf(given), () => holdsHere(given));
});

describe('neighbours of them', () => {
  for (const given of MORE_CASES) it(titleOf(given), () => holdsHere(given));
});

describe('differences', () => {
  it.each(DIFFERENCES)('$because', ({ when }) => {
    expect([...CASES, ...MORE_CASES].some(when)).toBe(true);
  });
});

function casesIn(file: string): WtformsCase[] {
  return JSON.parse(readFileSync(join(__dirname, 'data', file), 'utf8')) as WtformsCase[];
}

/** A case with a difference has the outcome that the difference states, and would not hold without it. */
async function holdsHere(given: WtformsCase): Promise<void> {
  const differences = DIFFERENCES.filter(({ when }) => when(given));
  for (const left of differences) {
    const withoutIt = changed(
      given,
      differences.filter((one) => one !== left),
    );
    await expect(holds(withoutIt)).rejects.toHaveProperty('matcherResult.pass', false);
  }
  await holds(changed(given, differences));
}

function changed(given: WtformsCase, differences: readonly Difference[]): WtformsCase {
  return differences.reduce((before, { instead }) => instead(before), given);
}

/** Beside what is always there, a case has to say what comes of it. */
const NO_CLAIMS = new Set([
  'id',
  'kind',
  'validator',
  'fields',
  'field',
  'args',
  'raw_present',
  'note',
  'source',
]);

async function holds(given: WtformsCase): Promise<void> {
  const claims = Object.keys(given).filter((name) => !NO_CLAIMS.has(name));
  if (claims.length === 0) throw new Error(`${given.id} says nothing of its outcome`);
  const check = CHECKS[given.kind];
  if (!check) throw new Error(`Nobody has said how to check a case of the kind ${given.kind}`);
  await check(given);
}

const CHECKS: Named<(given: WtformsCase) => void | Promise<void>> = {
  constructor: checkConstructor,
  flags: checkFlags,
  unit: checkValue,
  compare: checkValue,
  form: checkForm,
};

function checkConstructor(given: WtformsCase): void {
  const make = validatorOf(given);
  const { valid = given.constructor_error === undefined } = given;
  if (valid) expect(make).not.toThrow();
  else expect(errorOf(make)).toMatch(/^(Range|Type|Syntax)Error$/);
}

/** The name of what it throws; a missing decorator or notation of these tests themselves is a mere Error. */
function errorOf(make: () => unknown): string | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

function checkFlags(given: WtformsCase): void {
  const { form } = singleForm(given);
  expect(flagsOf(form.fieldNamed(FIELD))).toEqual(expectedFlags(given.flags));
}

async function checkValue(given: WtformsCase): Promise<void> {
  expect(errorOf(() => singleForm(given))).toBe(given.raises);
  if (given.raises !== undefined) return;
  const { form, extra, wentOn } = singleForm(given);
  const field = form.fieldNamed(FIELD);
  if (given.flags) expect(flagsOf(field)).toEqual(expectedFlags(given.flags));
  await validator.validate(form, extra);
  const { valid, message_observed: message, message_if_stated: stated, stops_chain: stops } = given;
  const errors = field?.errors ?? [];
  if (valid !== undefined) expect({ valid: errors.length === 0, errors }).toMatchObject({ valid });
  if (valid === false && message !== undefined) expect(errors).toEqual([message]);
  if (typeof stated === 'string') expect(errors).toEqual([statedMessage(stated, given.message_match)]);
  if (stops !== undefined) expect({ stops: !wentOn() }).toEqual({ stops });
}

async function checkForm(given: WtformsCase): Promise<void> {
  const caseForm = wholeForm(given);
  for (const field of caseForm.form.fields) checkShown(field, given);
  const { valid, raises, errors_observed: observed, message_if_stated: stated } = given;
  if (raises !== undefined) {
    await expect(validator.validate(caseForm.form, caseForm.extra)).rejects.toHaveProperty('name', raises);
  } else if (valid !== undefined || observed || stated !== undefined) {
    await checkErrors(given, caseForm);
  }
}

function checkShown(field: BoundField, { html, flags }: WtformsCase): void {
  const controls = controlsIn(renderPartial('field_control', field));
  expect(controls.length).toBeGreaterThan(0);
  const expected = html?.[field.name];
  if (expected !== undefined) expect(controls).toEqual(controlsIn(expected));
  const expectedOfField = flags?.[field.name];
  if (expectedOfField) expect(flagsOf(field)).toEqual(expectedFlags(expectedOfField as Named));
}

async function checkErrors(given: WtformsCase, { form, extra }: CaseForm): Promise<void> {
  await validator.validate(form, extra);
  const { valid, errors_observed: observed, message_if_stated: stated, message_match: match } = given;
  const messages = form.messages();
  if (valid !== undefined) expect({ valid: form.isValid, messages }).toMatchObject({ valid });
  if (observed) expect(messages).toEqual(observed);
  if (typeof stated === 'string') {
    expect(Object.values(messages).flat()).toContainEqual(statedMessage(stated, match));
  } else if (stated) {
    const expected = Object.entries(stated).map(([name, texts]) => [
      name,
      texts.map((text) => statedMessage(text, match)),
    ]);
    expect(messages).toMatchObject(Object.fromEntries(expected) as object);
  }
}

/** What a message has to be like that a test asks for. */
function statedMessage(text: string, match = 'exact'): unknown {
  if (match === 'contains') return expect.stringContaining(text);
  if (match === 'regex') return expect.stringMatching(text);
  return text;
}

function flagsOf(field: BoundField | undefined): Named {
  const flags = FLAGS_OF_WTFORMS.map((name) => [name, field?.flags[name] ?? null]);
  return Object.fromEntries(flags.filter(([, value]) => value !== null)) as Named;
}

/** A bound that is found out each time is read as what it is now. */
function expectedFlags(flags: Named = {}): Named {
  const entries = Object.entries(flags).map(([name, given]) => {
    const value = translated(typeof given === 'string' ? translatedPattern(given) : given);
    return [name, typeof value === 'function' ? (value as () => unknown)() : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Named;
}

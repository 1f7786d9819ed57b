import * as forms from '../../src';
import {
  ExtraValidators,
  Field,
  FieldType,
  FieldValidator,
  Form,
  StopValidation,
  ValidateWith,
  ValidationError,
  Validators,
  fillForm,
} from '../../src';
import { fieldsOf } from '../../src/fields/field.decorator';
import { mapped, translated, translatedArgs } from './python';
import { FieldOfCase, Named, WtformsCase } from './wtforms-case';

/** The form of a case, as it is before it is checked. */
export interface CaseForm {
  readonly form: Form<object>;
  readonly extra: ExtraValidators;
}

/** The form for a single validator, which is that of its field {@link FIELD}. */
export interface SingleForm extends CaseForm {
  /** Whether the validators behind it ran. */
  readonly wentOn: () => boolean;
}

export const FIELD = 'checked';

type DecoratorFactory = (...args: readonly unknown[]) => PropertyDecorator;

/** A field or a validator under the name that it has in WTForms and here. */
function decoratorNamed(name: string): DecoratorFactory {
  const found = (forms as Named)[name];
  if (typeof found !== 'function') throw new Error(`There is no decorator ${name}`);
  return found as DecoratorFactory;
}

/** What a validator is given first, before an object with the rest. */
const FIRST_ARGUMENT: Named<string> = {
  AnyOf: 'values',
  NoneOf: 'values',
  EqualTo: 'fieldname',
  Regexp: 'regex',
};

/** How to make the validator; that throws what the validator says to a wrong use. */
export function validatorOf({
  validator,
  args = {},
}: Pick<WtformsCase, 'validator' | 'args'>): () => PropertyDecorator {
  const decorator = decoratorNamed(validator);
  const first = FIRST_ARGUMENT[validator];
  return () => {
    const all = translatedArgs(args);
    if (first === undefined) return decorator(all);
    const { [first]: value, ...options } = all;
    return decorator(value, options);
  };
}

/** A field whose value is what the case says, whatever was sent for it. */
const AS_GIVEN: FieldType = {
  element: 'input',
  type: 'text',
  attributeFlags: [],
  empty: undefined,
  convert: (sent) => sent,
  format: () => undefined,
};

/** A form of the field that the validator checks, and of the one that it is compared with, if any. */
export function singleForm(given: WtformsCase): SingleForm {
  const { value, values, raw, raw_present: isSent } = given;
  let wentOn = false;
  const witness = ValidateWith(() => {
    wentOn = true;
  });
  class CaseDto {
    [name: string]: unknown;
  }
  declare(CaseDto, FIELD, Field({ label: FIELD, kind: AS_GIVEN }), validatorOf(given)(), witness);
  const data: Record<string, unknown> = { [FIELD]: translated(values ? values.field : value) };
  if (values) {
    const { other, other_name: name, other_label: label = name } = values;
    declare(CaseDto, name, Field({ label, kind: AS_GIVEN }));
    data[name] = translated(other);
  }
  const typed = raw || isSent === false ? { [FIELD]: asPosted(raw ?? []) } : undefined;
  const form = new Form(Object.assign(new CaseDto(), data), typed);
  return { form, extra: {}, wentOn: () => wentOn };
}

/** The form that a case declares, filled if something was sent to it. */
export function wholeForm({ validator, fields = {}, formdata, data }: WtformsCase): CaseForm {
  class CaseDto {
    [name: string]: unknown;
  }
  for (const [name, field] of Object.entries(fields)) {
    declare(CaseDto, name, fieldOf(name, field), ...validatorsOf(field));
  }
  const { inline, extra } = ownValidators(validator, Object.keys(fields));
  for (const [name, check] of Object.entries(inline)) {
    Object.defineProperty(CaseDto.prototype, `validate_${name}`, { value: check });
  }
  const dto = Object.assign(new CaseDto(), initialValues(CaseDto.prototype, fields, data ?? {}));
  const form = formdata ? fillForm(dto, mapped(formdata, asPosted)) : new Form(dto);
  return { form, extra };
}

/** With the decorators in the order in which they would stand above the property. */
function declare(dto: { prototype: object }, name: string, ...decorators: PropertyDecorator[]): void {
  Validators(...decorators)(dto.prototype, name);
}

/** A browser sends one text or several; what it sends for a control that has none is not there. */
function asPosted(raw: unknown): unknown {
  if (!Array.isArray(raw)) return raw;
  return raw.length > 1 ? raw : (raw as unknown[])[0];
}

function initialValues(prototype: object, fields: Named<FieldOfCase>, data: Named): Named {
  const entries = [...fieldsOf(prototype)].map(([name, { kind }]): [string, unknown] => {
    const value = translated(Object.hasOwn(data, name) ? data[name] : fields[name]?.args?.default);
    const initial: unknown = typeof value === 'function' ? (value as () => unknown)() : value;
    return [name, initial ?? kind.empty];
  });
  return Object.fromEntries(entries);
}

const TEXT_FIELDS = [
  'StringField',
  'PasswordField',
  'EmailField',
  'SearchField',
  'TelField',
  'URLField',
  'TextAreaField',
  'HiddenField',
];

/** Arguments that mean nothing here, such as `coerce`, whose part the values of choices have, are left out. */
function fieldOf(name: string, { type, args = {} }: FieldOfCase): PropertyDecorator {
  const { label = name, description, render_kw: attributes, format, choices, validate_choice } = args;
  if (type === '<pre/post test field>') return Field({ label: String(label), kind: PRE_POST });
  return decoratorNamed(type)(label, {
    help: description ?? undefined,
    attributes: attributes ?? undefined,
    // WTForms does not trim.
    ...(TEXT_FIELDS.includes(type) && { trim: false }),
    ...(choices !== undefined && { choices: choicesIn(choices) }),
    ...(typeof validate_choice === 'boolean' && { validateChoice: validate_choice }),
    ...(JSON.stringify(format ?? '').includes('%S') && { seconds: true }),
  });
}

/** From values alone, pairs with a label, objects, and groups of any of them under their heading. */
function choicesIn(given: unknown, group?: string): forms.Choice[] {
  if (!Array.isArray(given)) {
    return Object.entries((given ?? {}) as Named).flatMap(([heading, some]) => choicesIn(some, heading));
  }
  return given.map((choice: unknown) => {
    const [value, label] = Array.isArray(choice) ? (choice as unknown[]) : [choice];
    const all =
      typeof value === 'object' ? (value as Named) : { value, ...(label !== undefined && { label }) };
    return { group, ...all } as forms.Choice;
  });
}

/** A validator as it is used, or what a custom one throws. */
type ValidatorOfCase = Pick<WtformsCase, 'validator' | 'args'> & { $raises?: string; message?: string };

function validatorsOf({ args = {} }: FieldOfCase): PropertyDecorator[] {
  const all = (args.validators ?? []) as readonly ValidatorOfCase[];
  return all.map((one) =>
    one.$raises === undefined ? validatorOf(one)() : ValidateWith(raises(one.$raises, one.message)),
  );
}

function raises(name: string, message = ''): FieldValidator {
  return () => {
    if (name === 'ValidationError') throw new ValidationError(message);
    if (name === 'StopValidation') throw new StopValidation(message);
    throw Object.assign(new Error(message), { name });
  };
}

/** What WTForms' tests of validators outside of a field's list have for the form. */
function ownValidators(
  validator: string,
  names: readonly string[],
): { inline: Named<FieldValidator>; extra: ExtraValidators } {
  const isExtra = validator === '(extra_validators)';
  const [, inline] = /^\(inline validate_(\w+)\)$/.exec(validator) ?? [
    undefined,
    isExtra ? 'test' : undefined,
  ];
  return {
    inline: inline !== undefined && names.includes(inline) ? { [inline]: mustBe('foobar') } : {},
    extra: isExtra ? { other: [mustBe('extra')] } : {},
  };
}

function mustBe(wanted: string): FieldValidator {
  return ({ data }) => {
    if (data !== wanted) throw new ValidationError('error');
  };
}

/** The field of WTForms' tests of what comes before the validators and after them. */
const PRE_POST: FieldType = {
  ...AS_GIVEN,
  empty: '',
  preValidate: ({ data }) => {
    if (data === 'stoponly') throw new StopValidation();
    if (String(data).startsWith('stop')) throw new StopValidation('stop with message');
  },
  postValidate: ({ data }, isStopped) => {
    if (data === 'p') throw new ValidationError('Post');
    if (isStopped && data === 'stop-post') throw new ValidationError('Post-stopped');
  },
};

import { LANGUAGE, sayIn, shownIn } from './translations/form-language';
import type { Language } from './translations/language';
import type { Translatable } from './translations/message';
import { schemaFor } from './validation/validation-schema';
import { BoundField, FieldOwner, FieldRules } from './field';
import { FieldDeclaration } from './fields/field.decorator';
import { ListDeclaration } from './fields/nested-fields';
import { SentEntries, entriesIn, isRecord, sentUnder } from './sent-values';
import type { Type } from '@nestjs/common';
import type { FieldName, Known, PerField } from './field-name';

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/**
 * A form: the DTO that it fills, what was typed, and what is wrong with it. A template finds each field under its name
 * (`form.username`), all of them under `form.fields`, and what is wrong with the form as a whole under `form.errors`.
 */
class Form<T extends object> {
  readonly errors: string[] = [];
  readonly fields: readonly BoundField[];
  readonly isPosted: boolean;
  /** For the `enctype` of the HTML form: one with a file has to be sent otherwise. */
  readonly enctype: string;
  readonly [LANGUAGE]?: Language;
  readonly #byName = new Map<string, BoundField>();
  readonly #prefix: string;

  /**
   * @param typed what was typed, to be shown; without it the form shows the values of the DTO
   * @param isJson whether it came as JSON, which can say null, true and false, and leave out what it is not about
   * @param options.prefix stands before the names of its fields in HTML and in messages
   * @param options.language in which it speaks; English where left out
   */
  constructor(
    readonly data: T,
    typed?: Readonly<Record<string, unknown>>,
    readonly isJson = false,
    { prefix = '', language }: { readonly prefix?: string; readonly language?: Language } = {},
  ) {
    this.#prefix = prefix;
    this[LANGUAGE] = language;
    this.isPosted = typed !== undefined;
    FORMS.set(data, this);
    const { fields, properties } = schemaFor(data);
    for (const [name, declaration] of fields) {
      const rules = properties.get(name) ?? NO_RULES;
      this.#byName.set(
        name,
        bindField(this, name, prefix + name, declaration, rules, sentFor(typed, name, declaration)),
      );
    }
    this.fields = [...this.#byName.values()];
    this.enctype = this.fields.some(isFile) ? MULTIPART : URLENCODED;
    Object.assign(this, Object.fromEntries(this.#byName));
  }

  get isValid(): boolean {
    return this.errors.length === 0 && this.fields.every((field) => field.isValid);
  }

  fieldNamed(name: FieldName<T>): Known<T, BoundField> {
    return this.#byName.get(name) as Known<T, BoundField>;
  }

  /** Whether a button was pressed that makes one of its lists longer or shorter, instead of sending it. */
  get isResized(): boolean {
    return this.fields.some((field) => field.isResized);
  }

  /** All messages by the path of their field, as `address.city` or `phones.0`; those about the form as a whole under an empty name. */
  messages(): Record<string, string[]> {
    const all: [string, readonly string[]][] = [[this.#prefix.slice(0, -1), this.errors]];
    for (const field of this.fields) all.push(...messagesOf(field));
    return Object.fromEntries(
      all.filter(([, errors]) => errors.length > 0).map(([name, errors]) => [name, [...new Set(errors)]]),
    );
  }

  /** Copies the values of all fields to the properties of the same names, such as those of an entity. */
  populateObj(target: object): void {
    for (const [name, { data }] of this.#byName)
      if (data !== undefined) Object.assign(target, { [name]: data });
  }

  /** Adds a message to the field, or to the form if it has no such field. */
  addError(name: string | undefined, message: string | Translatable): void {
    const field = this.#byName.get(name ?? '');
    if (field) field.addError(message);
    else this.errors.push(sayIn(this, message));
  }
}

/** A form with its fields under their names: a class cannot declare properties that depend on the type of its DTO. */
type FormOf<T extends object> = Form<T> & PerField<T, BoundField>;
const FormOf = Form as new <T extends object>(...args: ConstructorParameters<typeof Form<T>>) => FormOf<T>;
export { FormOf as Form };

const NO_RULES: FieldRules = { flags: {}, mayBeAbsent: false, isOptional: false, filters: [] };

/** A field with the form or the entries that it is made of. */
function bindField(
  owner: FieldOwner,
  property: string,
  name: string,
  declaration: FieldDeclaration,
  rules: FieldRules,
  sent: unknown,
): BoundField {
  const { nested, list } = declaration;
  if (nested) {
    const form = nestedForm(nested, owner, property, name, sent);
    return new BoundField(owner, property, declaration, rules, sent, { name, form });
  }
  if (!list) return new BoundField(owner, property, declaration, rules, sent, { name });
  const parts = boundEntries(list, owner, property, name, rules, sent);
  return new BoundField(owner, property, declaration, rules, sent, { name, ...parts });
}

function nestedForm(
  dto: Type,
  owner: FieldOwner,
  property: string,
  name: string,
  sent: unknown,
): Form<object> {
  const initial = (owner.data as Record<string, unknown>)[property];
  const data = (initial instanceof dto ? initial : new dto()) as object;
  return new Form(data, owner.isPosted ? (isRecord(sent) ? sent : {}) : undefined, owner.isJson, {
    prefix: `${name}.`,
    language: owner[LANGUAGE],
  });
}

function boundEntries(
  { entry, minEntries, maxEntries }: ListDeclaration,
  { data, isPosted, isJson, [LANGUAGE]: language }: FieldOwner,
  property: string,
  name: string,
  { entry: rules = NO_RULES }: FieldRules,
  sent: unknown,
): { entries: BoundField[]; values: unknown[]; isResized: boolean } {
  const initial = (data as Record<string, unknown>)[property];
  const found = entriesIn(sent, isJson);
  const texts = found ? resized(found, maxEntries) : [];
  const values: unknown[] = !isPosted && Array.isArray(initial) ? [...(initial as unknown[])] : [];
  const shown = isPosted ? texts.length : values.length;
  const count = isJson ? shown : Math.max(shown, minEntries);
  const owner = { data: values, isPosted, isJson, [LANGUAGE]: language };
  const entries = Array.from({ length: count }, (_, index) => {
    const label = `${shownIn(owner, entry.label, name)} ${index + 1}`;
    return bindField(owner, String(index), `${name}.${index}`, { ...entry, label }, rules, texts[index]);
  });
  return { entries, values, isResized: found?.pressed !== undefined };
}

/** The entries after the button that was pressed has done its part. */
function resized({ entries, pressed }: SentEntries, maxEntries: number): readonly unknown[] {
  if (!pressed) return entries;
  if (pressed.remove !== undefined) return entries.filter((_entry, index) => index !== pressed.remove);
  return entries.length < maxEntries ? [...entries, undefined] : entries;
}

function sentFor(
  typed: Readonly<Record<string, unknown>> | undefined,
  name: string,
  { nested, list }: FieldDeclaration,
): unknown {
  if (!typed) return undefined;
  if (nested || list) return sentUnder(typed, name);
  return Object.hasOwn(typed, name) ? typed[name] : undefined;
}

function isFile({ type, form, entries }: BoundField): boolean {
  return type === 'file' || (form?.fields.some(isFile) ?? false) || (entries?.some(isFile) ?? false);
}

function messagesOf({
  name,
  errors,
  form,
  entries = [],
  isUnchecked,
}: BoundField): [string, readonly string[]][] {
  if (isUnchecked) return [[name, errors]];
  const inForm = Object.entries(form?.messages() ?? {});
  return [[name, errors], ...inForm, ...entries.flatMap(messagesOf)];
}

/** The forms by their DTOs, of whatever type. */
const FORMS = new WeakMap<object, object>();

/** The form that shows or fills a DTO, for validators, which are given the DTO alone. */
export function formOf(data: object): FormOf<object> | undefined {
  return FORMS.get(data) as FormOf<object> | undefined;
}

/** The same, or one for the moment around a DTO that class-validator checks by itself. */
export function formIn(data: object): FormOf<object> {
  const known = formOf(data);
  if (known) return known;
  const form = new FormOf(data);
  FORMS.delete(data);
  return form;
}

import { LANGUAGE, sayIn } from './translations/form-language';
import type { Language } from './translations/language';
import type { Translatable } from './translations/message';
import { schemaFor } from './validation/validation-schema';
import { BoundField } from './field';

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/**
 * A form: the DTO that it fills, what was typed, and what is wrong with it. A template finds each field under its name
 * (`form.username`), all of them under `form.fields`, and what is wrong with the form as a whole under `form.errors`.
 */
export class Form<T extends object> {
  readonly errors: string[] = [];
  readonly fields: readonly BoundField[];
  readonly isPosted: boolean;
  /** For the `enctype` of the HTML form: one with a file has to be sent otherwise. */
  readonly enctype: string;
  readonly [LANGUAGE]?: Language;
  readonly #byName = new Map<string, BoundField>();

  /**
   * @param typed what was typed, to be shown; without it the form shows the values of the DTO
   * @param isJson whether it came as JSON, which can say null, true and false, and leave out what it is not about
   * @param options.language in which it speaks; English where left out
   */
  constructor(
    readonly data: T,
    typed?: Readonly<Record<string, unknown>>,
    readonly isJson = false,
    { language }: { readonly language?: Language } = {},
  ) {
    this[LANGUAGE] = language;
    this.isPosted = typed !== undefined;
    FORMS.set(data, this);
    const { fields, properties } = schemaFor(data);
    for (const [name, declaration] of fields) {
      const sent = typed && Object.hasOwn(typed, name) ? typed[name] : undefined;
      this.#byName.set(name, new BoundField(this, name, declaration, properties.get(name) ?? NO_RULES, sent));
    }
    this.fields = [...this.#byName.values()];
    this.enctype = this.fields.some(({ type }) => type === 'file') ? MULTIPART : URLENCODED;
    Object.assign(this, Object.fromEntries(this.#byName));
  }

  get isValid(): boolean {
    return this.errors.length === 0 && this.fields.every((field) => field.errors.length === 0);
  }

  fieldNamed(name: string): BoundField | undefined {
    return this.#byName.get(name);
  }

  /** All messages by the name of their field; those about the form as a whole under an empty name. */
  messages(): Record<string, string[]> {
    const all: [string, string[]][] = [['', this.errors]];
    for (const { name, errors } of this.fields) all.push([name, errors]);
    return Object.fromEntries(
      all.filter(([, errors]) => errors.length > 0).map(([name, errors]) => [name, [...new Set(errors)]]),
    );
  }

  /** Copies the values of all fields to the properties of the same names, such as those of an entity. */
  populateObj(target: object): void {
    for (const { name, data } of this.fields) if (data !== undefined) Object.assign(target, { [name]: data });
  }

  /** Adds a message to the field, or to the form if it has no such field. */
  addError(name: string | undefined, message: string | Translatable): void {
    const field = this.fieldNamed(name ?? '');
    if (field) field.addError(message);
    else this.errors.push(sayIn(this, message));
  }
}

const NO_RULES = { flags: {}, mayBeAbsent: false, filters: [] };

const FORMS = new WeakMap<object, Form<object>>();

/** The form that shows or fills a DTO, for validators, which are given the DTO alone. */
export function formOf(data: object): Form<object> | undefined {
  return FORMS.get(data);
}

/** The same, or one for the moment around a DTO that class-validator checks by itself. */
export function formIn(data: object): Form<object> {
  const known = formOf(data);
  if (known) return known;
  const form = new Form(data);
  FORMS.delete(data);
  return form;
}

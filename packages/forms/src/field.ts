import { isDeepStrictEqual } from 'node:util';
import { FieldDeclaration } from './fields/field.decorator';
import { choicesOf } from './fields/choices';
import { Choice, FieldType } from './fields/field-type';
import { FieldFilter } from './fields/filters';
import { controlFacts } from './fields/control-facts';
import { Flags } from './fields/flags';
import type { ListDeclaration } from './fields/nested-fields';
import type { Form } from './form';
import { Speaker, attributesIn, sayIn, shownIn } from './translations/form-language';
import type { Translatable } from './translations/message';
import { ValidationError } from './validation/validation-errors';

/** A choice as a template shows it. */
export interface FieldOption extends Choice {
  /** From 0. */
  readonly index: number;
  readonly text: string;
  readonly label: string;
  readonly isSelected: boolean;
}

/** What a field needs of its form. */
export interface FieldOwner extends Speaker {
  readonly data: object;
  readonly isPosted: boolean;
  readonly isJson: boolean;
}

/** What a field with parts has: a form, or entries that are fields. */
export interface FieldParts {
  /** Its name in HTML, with those of the forms and lists that it is in; its property where left out. */
  readonly name?: string;
  readonly form?: Form<object>;
  readonly entries?: readonly BoundField[];
  /** The values of the entries. */
  readonly values?: readonly unknown[];
  /** Whether a button was pressed that makes the list longer or shorter. */
  readonly isResized?: boolean;
}

/** What the rules of a field tell about it. */
export interface FieldRules {
  readonly flags: Flags;
  readonly mayBeAbsent: boolean;
  readonly filters: readonly FieldFilter[];
  /** Whether a form in it may stay empty as a whole. */
  readonly isOptional: boolean;
  /** Those of the entries of a list. */
  readonly entry?: FieldRules;
}

/**
 * One field of a form. Templates see its own properties; validators read {@link data}, {@link sent} and
 * {@link initial}, which are out of a template's reach, a password among them.
 */
export class BoundField {
  readonly errors: string[] = [];
  /** With those of the forms and lists that it is in, as `address.city`. */
  readonly name: string;
  readonly id: string;
  readonly label: string;
  readonly element: string;
  readonly type?: string;
  readonly help?: string;
  /** What its validators tell about it; null for what none of them does. */
  readonly flags: Flags;
  /** What was typed; never a password. */
  readonly value: string;
  readonly checked: boolean;
  readonly options: readonly FieldOption[];
  /** The form of a `FormField`. */
  readonly form?: Form<object>;
  /** The entries of a `FieldList`. */
  readonly entries?: readonly BoundField[];
  /** The labels of its buttons; undefined for one that would make it too long or too short. */
  readonly buttons?: { readonly add?: string; readonly remove?: string };
  /** The attributes of the control that its declaration and its validators give it. */
  readonly declared: Readonly<Record<string, unknown>>;
  readonly #form: FieldOwner;
  readonly #declaration: FieldDeclaration;
  readonly #sent: unknown;
  readonly #initial: unknown;
  readonly #rules: FieldRules;
  readonly #property: string;
  readonly #values?: readonly unknown[];
  readonly #isResized: boolean;
  #isUnchecked = false;
  #choices?: readonly Choice[];

  /** @param sent what was sent for it: undefined where nothing was */
  constructor(
    form: FieldOwner,
    property: string,
    declaration: FieldDeclaration,
    rules: FieldRules,
    sent: unknown,
    { name = property, form: nested, entries, values, isResized = false }: FieldParts = {},
  ) {
    const { kind } = declaration;
    this.#form = form;
    this.#declaration = declaration;
    this.#sent = sent;
    this.#initial = (form.data as Record<string, unknown>)[property];
    this.#property = property;
    this.#values = values;
    this.#isResized = isResized;
    this.name = name;
    this.form = nested;
    this.entries = entries;
    this.buttons = declaration.list && entries && this.buttonsOf(declaration.list, entries.length);
    this.#rules = rules;
    this.id = name;
    this.label = shownIn(form, declaration.label, name);
    this.element = kind.element;
    this.type = kind.type;
    this.help = shownIn(form, declaration.help, name);
    const facts = controlFacts(declaration, rules.flags);
    this.flags = facts.flags;
    this.declared = attributesIn(form, facts.attributes, name);
    this.value = this.shownTexts()[0] ?? '';
    this.checked = kind.element === 'checkbox' && this.isTicked();
    this.options = this.shownOptions();
  }

  /** The value, converted: that of the DTO's property. */
  get data(): unknown {
    return (this.#form.data as Record<string, unknown>)[this.#property];
  }

  /** What was sent, as it was sent: a string or several from a browser, anything from JSON, undefined where nothing was. */
  get sent(): unknown {
    return this.#sent;
  }

  /** Whether it came as JSON, where a browser sends texts only. */
  get isJson(): boolean {
    return this.#form.isJson;
  }

  /** The value of the DTO before anything was filled in. */
  get initial(): unknown {
    return this.#initial;
  }

  /**
   * What there is to choose from, found out once.
   *
   * @throws TypeError where the declaration gives no list of choices
   */
  get choices(): readonly Choice[] {
    this.#choices ??= choicesOf(this.#declaration, this.#form.data, this.#property);
    return this.#choices;
  }

  get declaration(): FieldDeclaration {
    return this.#declaration;
  }

  /** Whether nothing in it is checked: it is missing where it may be, or a form or a list that is none. */
  get isUnchecked(): boolean {
    return this.#isUnchecked;
  }

  /** Whether nothing is wrong with it and its parts. */
  get isValid(): boolean {
    return this.errors.length === 0 && (this.isUnchecked || this.parts.every(({ isValid }) => isValid));
  }

  /** Whether a button was pressed that makes it, or a list in it, longer or shorter. */
  get isResized(): boolean {
    return this.#isResized || this.parts.some(({ isResized }) => isResized);
  }

  /** The form or the entries of a field that has some. */
  get parts(): readonly (BoundField | Form<object>)[] {
    return this.entries ?? (this.form ? [this.form] : []);
  }

  /** Whether nobody has filled in anything. It looks as deep as fields are declared: JSON can nest without end. */
  get isBlank(): boolean {
    if (this.form) return this.form.fields.every(({ isBlank }) => isBlank);
    return this.entries ? this.entries.every(({ isBlank }) => isBlank) : isBlank(this.#sent);
  }

  /** Whether the value is what it was before, as far as the control can show that: it may have no seconds. */
  get isUnchanged(): boolean {
    const before = this.#initial ?? this.#declaration.kind.empty;
    return isDeepStrictEqual(this.data, before) || isDeepStrictEqual(this.data, this.shownAndSent(before));
  }

  /** Makes what was sent the value. What cannot be converted becomes an error, and the value empty. */
  fill(): void {
    const { kind } = this.#declaration;
    if (this.#sent === undefined && this.isJson && this.#rules.mayBeAbsent) {
      this.#isUnchecked = true;
      return;
    }
    try {
      if (this.form) this.fillForm(this.form);
      else if (this.entries) this.fillEntries(this.entries);
      else this.set(this.#sent === undefined ? this.unsent() : this.convert(kind));
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.set(kind.empty);
      this.addError(this.#declaration.invalidMessage ?? error);
      this.#isUnchecked = this.parts.length > 0;
      return;
    }
    this.filter();
  }

  private fillForm(form: Form<object>): void {
    const sent = this.#sent === undefined ? {} : this.convert(this.#declaration.kind);
    if (sent === null || (this.#rules.isOptional && this.isBlank)) {
      this.#isUnchecked = true;
      this.set(null);
      return;
    }
    for (const field of form.fields) field.fill();
    this.set(form.data);
  }

  private fillEntries(entries: readonly BoundField[]): void {
    if (this.#sent !== undefined && this.convert(this.#declaration.kind) === null) {
      this.#isUnchecked = true;
      this.set(null);
      return;
    }
    for (const entry of entries) entry.fill();
    this.set(this.#values);
  }

  /** The filters of the declaration, those of class-transformer, and the form's own `filter_<field>`. */
  private filter(): void {
    const { filters } = this.#rules;
    if (filters.length === 0) return;
    try {
      this.set(filters.reduce((value, filter) => filter(value, this.#form.data), this.data));
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.addError(error);
    }
  }

  addError(message: string | Translatable): void {
    this.errors.push(sayIn(this.#form, message, this.name));
  }

  private buttonsOf(
    { addLabel, removeLabel, minEntries, maxEntries }: ListDeclaration,
    count: number,
  ): BoundField['buttons'] {
    return {
      add: count < maxEntries ? shownIn(this.#form, addLabel, this.name) : undefined,
      remove: count > minEntries ? shownIn(this.#form, removeLabel, this.name) : undefined,
    };
  }

  private set(value: unknown): void {
    // A copy, so that callers may add to it.
    Object.assign(this.#form.data, {
      [this.#property]: Array.isArray(value) ? [...(value as unknown[])] : value,
    });
  }

  private shownAndSent(value: unknown): unknown {
    const { kind } = this.#declaration;
    const text = Array.isArray(value) ? value.flatMap((one) => kind.format(one) ?? []) : kind.format(value);
    return text === undefined ? undefined : kind.convert(text, this);
  }

  private convert(kind: FieldType): unknown {
    if (this.#sent !== null || !this.isJson) return kind.convert(this.#sent, this);
    if (kind.empty === null && !this.form) return null;
    if (this.#rules.mayBeAbsent) {
      this.#isUnchecked = true;
      return null;
    }
    throw new ValidationError('This field may not be null.');
  }

  /** A disabled control is never sent. */
  private unsent(): unknown {
    const { absent, empty } = this.#declaration.kind;
    if (absent !== undefined && !this.flags.disabled) return absent;
    return this.#initial ?? empty;
  }

  /** What stands in the control: what was sent or, where that was nothing, the value of the DTO. */
  private shownTexts(): string[] {
    const { kind } = this.#declaration;
    if (kind.isSecret || kind.isShownAgain === false) return [];
    if (this.#sent !== undefined) return textsOf(this.#sent).map(presentable);
    const initial = this.#form.isPosted ? this.unsent() : this.#initial;
    const values: unknown[] = Array.isArray(initial) ? initial : [initial];
    return values.flatMap((value) => kind.format(value) ?? []).map(presentable);
  }

  private isTicked(): boolean {
    const isSent = this.#sent !== undefined;
    if (!isSent && !this.#form.isPosted) return Boolean(this.#initial);
    return Boolean(isSent ? this.converted() : this.unsent());
  }

  /** The value of what was sent; undefined where it has none, of which {@link fill} tells. */
  private converted(): unknown {
    try {
      return this.#declaration.kind.convert(this.#sent, this);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return undefined;
    }
  }

  private shownOptions(): readonly FieldOption[] {
    if (!this.#declaration.choices) return NO_OPTIONS;
    const selected = new Set(this.shownTexts());
    return this.choices.map((choice, index) => {
      const text = String(choice.value);
      const isSelected = selected.has(text);
      const label = shownIn(this.#form, choice.label ?? text, this.name);
      const group = shownIn(this.#form, choice.group, this.name);
      return { ...choice, ...(group && { group }), index, text, label, isSelected };
    });
  }
}

const NO_OPTIONS: readonly FieldOption[] = [];

/** Whatever was sent, as texts to show; an object that JSON can bring has none. */
function textsOf(sent: unknown): string[] {
  const all: unknown[] = Array.isArray(sent) ? sent : [sent];
  return all.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : [],
  );
}

/** HTML has no way to write a NUL or half a surrogate pair. */
function presentable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function isBlank(sent: unknown): boolean {
  return sent === undefined || sent === null || (typeof sent === 'string' && sent.trim() === '');
}

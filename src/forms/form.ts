import { fieldsOf } from './field.decorator';
import { FormField } from './form-field';

/**
 * A form: the DTO that it fills, what was typed, and what is wrong with it. A template finds each field under its name
 * (`form.username`), and what is wrong with the form as a whole under `form.errors`.
 */
export class Form<T extends object> {
  readonly errors: string[] = [];
  private readonly fields = new Map<string, FormField>();

  /** @param typed what a browser posted; without it the form shows the values of the DTO */
  constructor(
    readonly data: T,
    typed?: Readonly<Record<string, unknown>>,
  ) {
    const shown = typed ?? (data as Record<string, unknown>);
    for (const [name, options] of fieldsOf(data)) {
      if (name in this) throw new Error(`A form cannot have a field named ${name}`);
      this.fields.set(name, new FormField(name, options, shown[name]));
    }
    Object.assign(this, Object.fromEntries(this.fields));
  }

  get isValid(): boolean {
    return this.errors.length === 0 && [...this.fields.values()].every((field) => field.errors.length === 0);
  }

  hasError(name: string): boolean {
    return (this.fields.get(name)?.errors.length ?? 0) > 0;
  }

  /** All messages by the name of their field; those about the form as a whole under an empty name. */
  messages(): Record<string, string[]> {
    const all: [string, string[]][] = [['', this.errors]];
    for (const [name, { errors }] of this.fields) all.push([name, errors]);
    return Object.fromEntries(all.filter(([, errors]) => errors.length > 0));
  }

  /** Puts a message beside the field, or above the form where it has no such field. */
  addError(name: string | undefined, message: string): void {
    const { errors } = this.fields.get(name ?? '') ?? this;
    errors.push(message);
  }
}

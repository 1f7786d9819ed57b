import { FieldOptions } from './field.decorator';

/** One field of a form as a template shows it. */
export class FormField {
  readonly errors: string[] = [];
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly help?: string;
  /** What was typed; never a password. */
  readonly value: string;
  readonly checked: boolean;
  private readonly attributes: FieldOptions['attributes'];

  constructor(
    readonly name: string,
    { label, type = 'text', help, attributes }: FieldOptions,
    typed: unknown,
  ) {
    this.id = name;
    this.label = label;
    this.type = type;
    this.help = help;
    this.attributes = attributes;
    this.checked = type === 'checkbox' && isTicked(typed);
    this.value = type !== 'password' && typeof typed === 'string' ? presentable(typed) : '';
    // Handlebars reads own properties only.
    Object.defineProperty(this, 'control', { get: () => this.controlAttributes(), enumerable: true });
  }

  /** The attributes of the control that belong to every kind of it. */
  private controlAttributes(): Record<string, unknown> {
    const invalid = this.errors.length > 0;
    const describedBy = [invalid && `${this.id}-errors`, this.help && `${this.id}-help`].filter(Boolean);
    return {
      id: this.id,
      name: this.name,
      ...this.attributes,
      'aria-invalid': invalid ? 'true' : undefined,
      'aria-describedby': describedBy.join(' ') || undefined,
    };
  }
}

/** HTML has no way to write a NUL or half a surrogate pair. */
function presentable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A browser sends a ticked checkbox with some text and leaves out the others; JSON may say it outright. */
export function isTicked(posted: unknown): boolean {
  return posted !== undefined && posted !== null && posted !== false;
}

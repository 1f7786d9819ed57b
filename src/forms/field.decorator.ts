import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';

/** How a field of a form is shown. */
export interface FieldOptions {
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'textarea' | 'checkbox';
  /** A sentence below the control. */
  readonly help?: string;
  /** Further HTML attributes of the control. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

const FIELDS = Symbol('fields of a form');

/**
 * Makes a property of a DTO a field of its form, under the property's name. Text is trimmed, save a password's, and its
 * line breaks become `\n`; a checkbox becomes a boolean. Text that no database could store is refused.
 */
export function Field(options: FieldOptions): PropertyDecorator {
  const remember: PropertyDecorator = (target, property) => {
    Reflect.defineMetadata(FIELDS, new Map(fieldsOf(target)).set(String(property), options), target);
  };
  return options.type === 'checkbox' ? remember : applyDecorators(remember, IsStorableText());
}

/** The fields of a form by name, in the order in which they are declared; from an instance of its DTO or the prototype. */
export function fieldsOf(dto: object): ReadonlyMap<string, FieldOptions> {
  return (Reflect.getMetadata(FIELDS, dto) as Map<string, FieldOptions> | undefined) ?? new Map();
}

/** PostgreSQL stores no NUL, and neither database a surrogate without its other half. */
function IsStorableText(): PropertyDecorator {
  return ValidateBy({
    name: 'isStorableText',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && !value.includes('\0') && value.isWellFormed(),
      defaultMessage: () => 'This field contains characters that cannot be saved.',
    },
  });
}

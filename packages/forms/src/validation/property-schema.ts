import type { ConstraintMetadata } from 'class-validator/types/metadata/ConstraintMetadata';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import type { BoundField } from '../field';
import type { Form } from '../form';
import { FieldDeclaration } from '../fields/field.decorator';
import { FieldFilter } from '../fields/filters';
import { Flags } from '../fields/flags';
import { ValidatorMetadata } from '../validators/validator-metadata';

/** One validator of one property. */
export interface SchemaValidator extends ValidatorMetadata {
  readonly metadata: ValidationMetadata;
  /** What it is made of; none for a condition. */
  readonly constraint?: ConstraintMetadata;
  readonly flags: Flags;
}

/** Everything that is checked of one property, in the order in which it is declared. */
export interface PropertySchema {
  readonly name: string;
  readonly validators: readonly SchemaValidator[];
  /** class-validator's conditions, without which nothing is checked, wherever they stand. */
  readonly conditions: readonly ValidationMetadata[];
  readonly nested: readonly ValidationMetadata[];
  /** The form's own validator of it, `validate_<field>`. */
  readonly inline?: string;
  /** The same, of the class that a mapped type such as `PartialType(Dto)` is made of. */
  readonly mappedInline?: InlineValidator;
  /** Whether it stays undefined where JSON leaves it out. */
  readonly mayBeAbsent: boolean;
  /** What changes its value once it is converted. */
  readonly filters: readonly FieldFilter[];
  readonly flags: Flags;
}

/** `validate_<field>`, which is given its field and the form, or `validate_form`, which is given the form. */
export type InlineValidator = (...args: readonly (BoundField | Form<object>)[]) => void | Promise<void>;

/** Everything that is checked of a DTO. */
export interface ValidationSchema {
  readonly fields: ReadonlyMap<string, FieldDeclaration>;
  readonly properties: ReadonlyMap<string, PropertySchema>;
  /** The names that the form's own validators are for. */
  readonly inline: ReadonlySet<string>;
  /** Whether the form checks itself as a whole, with `validate_form`. */
  readonly checksItself: boolean;
  /** `validate_form` of the class that a mapped type is made of, where that has all its fields. */
  readonly mappedWholeForm?: InlineValidator;
}

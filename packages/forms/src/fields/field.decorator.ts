import { Choices, FieldType } from './field-type';
import { addSecretField } from './secret-fields';

/** How a field is shown. */
export interface FieldOptions {
  /** A sentence below the control. */
  readonly help?: string;
  /** Further HTML attributes of the control. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** A field as it is declared. */
export interface FieldDeclaration extends FieldOptions {
  readonly label: string;
  readonly kind: FieldType;
  /** What there is to choose from, for the DTO that is being filled; a function without a parameter is tried at the start. */
  readonly choices?: (data: object) => Choices;
}

const FIELDS = Symbol('fields of a form');

/** Makes a property of a DTO a field of its form, under the property's name. The ready-made kinds are named after WTForms'. */
export function Field(declaration: FieldDeclaration): PropertyDecorator {
  return (target, property) => {
    if (declaration.kind.isSecret) addSecretField(String(property));
    Reflect.defineMetadata(FIELDS, new Map(fieldsOf(target)).set(String(property), declaration), target);
  };
}

/** The fields of a form by name, in the order in which they are declared; from an instance of its DTO or the prototype. */
export function fieldsOf(dto: object): ReadonlyMap<string, FieldDeclaration> {
  return (Reflect.getMetadata(FIELDS, dto) as Map<string, FieldDeclaration> | undefined) ?? new Map();
}

import type { Type } from '@nestjs/common';
import { Allow, getMetadataStorage } from 'class-validator';
import { prototypesOf } from '../prototypes';
import { Choices, FieldType } from './field-type';
import type { ListDeclaration } from './nested-fields';
import { addSecretField } from './secret-fields';

/** How a field is shown. */
export interface FieldOptions {
  /** A sentence below the control. */
  readonly help?: string;
  /** Further HTML attributes of the control. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Called one after another with the value once it is converted; each returns what takes its place, or throws a ValidationError. */
  readonly filters?: readonly ((value: never) => unknown)[];
  /** Said instead of the kind's own message where what was sent cannot be converted. */
  readonly invalidMessage?: string;
}

/** What the decorator of a field declares. */
export function declarationOf(field: PropertyDecorator): FieldDeclaration {
  class Holder {
    entry: unknown;
  }
  field(Holder.prototype, 'entry');
  const declaration = fieldsOf(Holder.prototype).get('entry');
  if (declaration) return declaration;
  throw new TypeError('The entry of a FieldList must be a field, such as StringField()');
}

/** Those of the options of a field that every kind has. */
export function fieldOptions({ help, attributes, filters, invalidMessage }: FieldOptions): FieldOptions {
  return { help, attributes, filters, invalidMessage };
}

/** A field as it is declared. */
export interface FieldDeclaration extends FieldOptions {
  readonly label: string;
  readonly kind: FieldType;
  /** What there is to choose from, for the DTO that is being filled; a function without a parameter is tried at the start. */
  readonly choices?: (data: object) => Choices;
  /** The class of a form within the form. */
  readonly nested?: Type;
  /** The entries of a list. */
  readonly list?: ListDeclaration;
}

const DECLARED = Symbol('declared field');

/** What is kept of a field, and of where it was declared: mapped types make a class without the prototype of the one they are made of. */
interface DeclaredField {
  readonly name: string;
  readonly declaration: FieldDeclaration;
  readonly declaredIn: object;
}

/** Makes a property of a DTO a field of its form, under the property's name. The ready-made kinds are named after WTForms'. */
export function Field(declaration: FieldDeclaration): PropertyDecorator {
  return (target, property) => {
    if (declaration.kind.isSecret) addSecretField(String(property));
    // Among the rules of class-validator, where `PartialType`, `PickType`, `OmitType` and `IntersectionType` look for what to copy.
    Allow({ context: { [DECLARED]: { name: String(property), declaration, declaredIn: target } } })(
      target,
      property,
    );
  };
}

/** The fields of a form by name, in the order in which they are declared; from an instance of its DTO or the prototype. */
export function fieldsOf(dto: object): ReadonlyMap<string, FieldDeclaration> {
  return new Map(declaredFields(dto).map(({ name, declaration }) => [name, declaration]));
}

/** The prototypes of other classes that fields of a DTO come from by way of a mapped type. */
export function mappedFrom(dto: object): readonly object[] {
  const own = new Set(prototypesOf(dto));
  return [...new Set(declaredFields(dto).map(({ declaredIn }) => declaredIn))].filter((one) => !own.has(one));
}

/** The names that one class gives to more than one field. */
export function namesDeclaredTwice(dto: object): readonly string[] {
  return prototypesOf(dto).flatMap((prototype) => {
    const names = declaredIn(prototype)
      .filter((field) => field.declaredIn === prototype)
      .map(({ name }) => name);
    return names.filter((name, index) => names.indexOf(name) !== index);
  });
}

function declaredFields(dto: object): readonly DeclaredField[] {
  return prototypesOf(dto).reverse().flatMap(declaredIn);
}

/** Those of one class, or those that a mapped type has copied to it. */
function declaredIn({ constructor }: object): readonly DeclaredField[] {
  const ordered: DeclaredField[] = [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    constructor,
    constructor.name,
    false,
    false,
  );
  for (const { target, context } of rules) {
    const field = (context as { [DECLARED]?: DeclaredField } | undefined)?.[DECLARED];
    if (!field || target !== constructor) continue;
    // A mapped type copies what a class has before what that inherits.
    const heir = ordered.findIndex(
      ({ declaredIn: at }) => field.declaredIn !== at && isPrototypeOf(field.declaredIn, at),
    );
    ordered.splice(heir < 0 ? ordered.length : heir, 0, field);
  }
  return ordered;
}

function isPrototypeOf(one: object, other: object): boolean {
  return Object.prototype.isPrototypeOf.call(one, other);
}

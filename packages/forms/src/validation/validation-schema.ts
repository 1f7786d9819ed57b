import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { FieldFilter, filtersOf } from '../fields/filters';
import { FieldDeclaration, fieldsOf, mappedFrom } from '../fields/field.decorator';
import { FieldType } from '../fields/field-type';
import { ListDeclaration } from '../fields/nested-fields';
import { Flags } from '../fields/flags';
import { prototypesOf } from '../prototypes';
import { validatorMetadataIn } from '../validators/validator-metadata';
import { FormDeclarationError } from './form-declaration.error';
import { declarationFaults } from './declaration-faults';
import {
  CONDITION,
  NESTED,
  constraintsOf,
  declaredRules,
  flagsOf,
  isOptionalCondition,
} from './declared-rules';
import { SchemaValidator, PropertySchema, ValidationSchema, InlineValidator } from './property-schema';

const INLINE = 'validate_';
export const WHOLE_FORM = `${INLINE}form`;

const SCHEMAS = new WeakMap<object, ValidationSchema>();

/**
 * What is checked of a DTO; read once for each class.
 *
 * @throws FormDeclarationError for what can never work, such as a validator of a field that the form does not have
 */
export function schemaFor(data: object): ValidationSchema {
  const known = SCHEMAS.get(data.constructor);
  if (known) return known;
  const schema = makeSchema(data);
  const faults = declarationFaults(data, schema);
  if (faults.length > 0) throw new FormDeclarationError(faults);
  SCHEMAS.set(data.constructor, schema);
  return schema;
}

/**
 * What can never work in what a class declares: a line each. It is not kept as the schema of the class, since an instance may have
 * validators of its own, which no constructor has given it yet.
 */
export function faultsOf({ prototype }: Type): string[] {
  const blank = Object.create(prototype as object) as object;
  return declarationFaults(blank, makeSchema(blank));
}

function makeSchema(data: object): ValidationSchema {
  const metadatas = declaredRules(data);
  const fields = fieldsOf(data);
  const inline = inlineValidators(data);
  const mapped = mappedFrom(data);
  const properties = new Map<string, PropertySchema>();
  for (const name of new Set([...fields.keys(), ...metadatas.map(({ propertyName }) => propertyName)])) {
    // Decorators are applied from the lowest to the topmost.
    const own = metadatas.filter(({ propertyName }) => propertyName === name).reverse();
    const field = fields.get(name);
    const ofList = field?.list ? own.filter(({ each }) => !each) : own;
    properties.set(name, {
      ...propertySchema(name, ofList, field?.kind),
      ...inlineValidator(name, inline, mapped),
      filters: filtersIn(data, name, field),
      ...(field?.list && { entry: entrySchema(name, own, field.list) }),
    });
  }
  const wholeForm = mapped.find((from) => inlineIn(from, 'form') && fieldsAreIn(fields, from));
  return {
    fields,
    properties,
    inline,
    checksItself: inline.has('form') || wholeForm !== undefined,
    mappedWholeForm: wholeForm && inlineIn(wholeForm, 'form'),
  };
}

/** The form's own validator of a field; that of the class which a mapped type is made of where it has none itself. */
function inlineValidator(
  name: string,
  inline: ReadonlySet<string>,
  mapped: readonly object[],
): Pick<PropertySchema, 'inline' | 'mappedInline'> {
  if (inline.has(name)) return { inline: `${INLINE}${name}` };
  return { mappedInline: mapped.map((from) => inlineIn(from, name)).find(Boolean) };
}

function inlineIn(prototype: object, name: string): InlineValidator | undefined {
  const method = (prototype as Record<string, unknown>)[`${INLINE}${name}`];
  return typeof method === 'function' ? (method as InlineValidator) : undefined;
}

function filtersIn(data: object, name: string, declaration?: FieldDeclaration): readonly FieldFilter[] {
  return declaration ? filtersOf(data, name, declaration) : [];
}

/** A check of the whole form may read any field of the class that it was written in. */
function fieldsAreIn(fields: ReadonlyMap<string, unknown>, from: object): boolean {
  return [...fieldsOf(from).keys()].every((name) => fields.has(name));
}

/** The rules for each entry of a list, as those of a field by itself. */
function entrySchema(
  name: string,
  rules: readonly ValidationMetadata[],
  { entry }: ListDeclaration,
): PropertySchema {
  const each = rules.filter((rule) => rule.each && rule.type !== NESTED);
  return {
    ...propertySchema(
      name,
      each.map((rule) => Object.assign(Object.create(rule) as ValidationMetadata, { each: false })),
      entry.kind,
    ),
    filters: entry.filters ? filtersOf({}, name, entry) : [],
  };
}

function propertySchema(
  name: string,
  metadatas: ValidationMetadata[],
  kind: FieldType | undefined,
): Omit<PropertySchema, 'filters'> {
  const validators = metadatas.flatMap((metadata) => schemaValidators(metadata, kind));
  const conditions = metadatas.filter(isForeignCondition);
  const nested = metadatas.filter(({ type }) => type === NESTED);
  const mayBeAbsent = conditions.some(isAboutAbsence);
  const isOptional = mayBeAbsent || validators.some(({ flags }) => flags.optional === true);
  const flags = flagsIn(validators, conditions);
  // The forms in a field are checked as forms.
  const isForm = kind?.element === 'form' || kind?.element === 'list';
  return { name, validators, conditions, nested: isForm ? [] : nested, mayBeAbsent, isOptional, flags };
}

function schemaValidators(metadata: ValidationMetadata, kind?: FieldType): SchemaValidator[] {
  const validatorMetadata = validatorMetadataIn(metadata.context);
  if (metadata.type === CONDITION)
    return validatorMetadata ? [{ metadata, flags: {}, ...validatorMetadata }] : [];
  // A check of each entry of a list, or of some values only, says nothing about the control.
  const isGeneral = !metadata.each && !metadata.validateIf;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map((constraint) => {
      const flags = isGeneral ? flagsOf(metadata, constraint, kind) : {};
      return { ...validatorMetadata, metadata, constraint, flags };
    });
}

function isForeignCondition({ type, context }: ValidationMetadata): boolean {
  return type === CONDITION && !validatorMetadataIn(context);
}

/** Whether it is `@IsOptional()`, or the condition that `PartialType` uses where null is not to count as nothing. */
function isAboutAbsence(condition: ValidationMetadata): boolean {
  if (isOptionalCondition(condition)) return true;
  const [holds] = constraintsOf(condition) as [(object: object, value: unknown) => boolean];
  try {
    return !holds({}, undefined) && holds({}, null) && holds({}, '');
  } catch {
    return false;
  }
}

/** If a condition may skip all checks, the browser must not refuse anything either. */
function flagsIn(validators: readonly SchemaValidator[], conditions: readonly ValidationMetadata[]): Flags {
  if (!conditions.every(isOptionalCondition)) return {};
  const flags: Record<string, unknown> = conditions.length > 0 ? { optional: true } : {};
  for (const { flags: own } of validators) {
    const { required, ...others } = own;
    // These belong to one pattern only.
    if ('pattern' in others) {
      delete flags.matcher;
      delete flags.title;
    }
    Object.assign(flags, others);
    if (required !== undefined && !flags.optional) flags.required = required;
  }
  return flags;
}

function inlineValidators(data: object): ReadonlySet<string> {
  const names = new Set<string>();
  for (const at of [data, ...prototypesOf(data)]) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name.startsWith(INLINE) && typeof value === 'function') names.add(name.slice(INLINE.length));
    }
  }
  return names;
}

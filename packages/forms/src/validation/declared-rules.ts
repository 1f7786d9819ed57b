import { ValidationTypes, getMetadataStorage } from 'class-validator';
import type { ConstraintMetadata } from 'class-validator/types/metadata/ConstraintMetadata';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { prototypesOf } from '../prototypes';
import { FieldType } from '../fields/field-type';
import { Flags } from '../fields/flags';
import { UNNAMED_CHECK, validatorMetadataIn } from '../validators/validator-metadata';
import { flagsOfClassValidator } from './class-validator-flags';

export const CONDITION: string = ValidationTypes.CONDITIONAL_VALIDATION;
export const NESTED: string = ValidationTypes.NESTED_VALIDATION;
/** `@Allow()`, which checks nothing; fields are declared by it. */
const ALLOWED: string = ValidationTypes.WHITELIST;

/**
 * The rules of a DTO and of the classes that it extends, those of the nearest class first. A class takes the place of what is said
 * above it rule by rule: its `Length` that of another `Length`, and whether a field may be empty as a whole, whichever
 * decorator says so. (class-validator itself drops every rule of a property for a single new one.)
 */
export function declaredRules(data: object): ValidationMetadata[] {
  const storage = getMetadataStorage();
  const found: ValidationMetadata[] = [];
  for (const { constructor } of prototypesOf(data)) {
    const nearer = [...found];
    const own = storage
      .getTargetValidationMetadatas(constructor, constructor.name, false, false)
      .filter(({ target, type }) => target === constructor && type !== ALLOWED);
    found.push(...own.filter((rule) => !nearer.some((other) => replaces(other, rule))));
  }
  return found;
}

export function isOptionalCondition({ type, name }: ValidationMetadata): boolean {
  return type === CONDITION && name === 'isOptional';
}

/** The flags that a rule sets for its field: its decorator's, else those of its class, else what class-validator's own mean. */
export function flagsOf(
  metadata: ValidationMetadata,
  constraint: ConstraintMetadata,
  kind?: FieldType,
): Flags {
  return (
    validatorMetadataIn(metadata.context)?.flags ??
    classFlags(constraint) ??
    foreignFlags(metadata, constraint, kind)
  );
}

/** The flags of a reusable validator class, which stand in its static property `flags`. */
function classFlags({ target }: ConstraintMetadata): Flags | undefined {
  return (target as { flags?: Flags }).flags;
}

function foreignFlags(
  metadata: ValidationMetadata,
  { name }: ConstraintMetadata,
  kind: FieldType | undefined,
): Flags {
  const { required, ...flags } = flagsOfClassValidator(name, constraintsOf(metadata));
  // To class-validator, false is not empty, and of a list only `arrayNotEmpty` asks for an entry.
  const isRequired = required && (kind?.absent === undefined || name === 'arrayNotEmpty');
  return isRequired ? { ...flags, required } : flags;
}

/** class-validator types them as always there. */
export function constraintsOf({ constraints }: ValidationMetadata): unknown[] {
  return (constraints as unknown[] | undefined) ?? [];
}

function replaces(nearer: ValidationMetadata, rule: ValidationMetadata): boolean {
  if (nearer.propertyName !== rule.propertyName) return false;
  return isSameRule(nearer, rule) || (saysWhetherEmpty(nearer) && saysWhetherEmpty(rule));
}

function isSameRule(one: ValidationMetadata, other: ValidationMetadata): boolean {
  const isAlike = one.type === other.type && !one.each === !other.each;
  // A function without a name is a check of its own, and an `Optional` no `ValidateIf`, which it is made of.
  const isOwn =
    one.name === UNNAMED_CHECK ||
    Boolean(validatorMetadataIn(one.context)) !== Boolean(validatorMetadataIn(other.context));
  return isAlike && !isOwn && (one.name ?? one.constraintCls) === (other.name ?? other.constraintCls);
}

/** Whether all that a rule is about is if the field may be empty. */
function saysWhetherEmpty(metadata: ValidationMetadata): boolean {
  if (metadata.type === CONDITION)
    return isOptionalCondition(metadata) || validatorMetadataIn(metadata.context) !== undefined;
  if (metadata.each || metadata.type === NESTED) return false;
  if (metadata.name === 'isDefined') return true;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .some((constraint) => Object.keys(flagsOf(metadata, constraint)).join() === 'required');
}

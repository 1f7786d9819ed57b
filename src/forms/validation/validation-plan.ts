import { ValidationTypes, getMetadataStorage } from 'class-validator';
import type { ConstraintMetadata } from 'class-validator/types/metadata/ConstraintMetadata';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { fieldsOf } from '../fields/field.decorator';
import { FieldKind } from '../fields/field-kind';
import { Flags } from '../fields/flags';
import { Traits, traitsIn } from '../validators/validator';
import { flagsOfClassValidator } from './class-validator-flags';

/** One validator of one property. */
export interface PlannedValidator extends Traits {
  readonly metadata: ValidationMetadata;
  /** What it is made of; none for a condition. */
  readonly constraint?: ConstraintMetadata;
  readonly flags: Flags;
}

/** Everything that is checked of one property, in the order in which it is declared. */
export interface PropertyPlan {
  readonly name: string;
  readonly validators: readonly PlannedValidator[];
  /** class-validator's conditions, without which nothing is checked, wherever they stand. */
  readonly conditions: readonly ValidationMetadata[];
  readonly nested: readonly ValidationMetadata[];
  /** The form's own validator of it, `validate_<field>`. */
  readonly inline?: string;
  readonly flags: Flags;
}

export interface ValidationPlan {
  readonly properties: ReadonlyMap<string, PropertyPlan>;
  /** Whether the form checks itself as a whole, with `validate_form`. */
  readonly checksItself: boolean;
}

const INLINE = 'validate_';
export const WHOLE_FORM = `${INLINE}form`;

const PLANS = new WeakMap<object, ValidationPlan>();

/**
 * What is checked of a DTO; read once for each class.
 *
 * @throws Error for a validator of a field that the form does not have
 */
export function planOf(data: object): ValidationPlan {
  const known = PLANS.get(data.constructor);
  if (known) return known;
  const plan = makePlan(data);
  PLANS.set(data.constructor, plan);
  return plan;
}

function makePlan(data: object): ValidationPlan {
  const { constructor } = data;
  const metadatas = metadatasOf(data);
  const fields = fieldsOf(data);
  const inline = inlineValidators(data);
  for (const name of inline) {
    if (name !== 'form' && !fields.has(name)) {
      throw new Error(`${constructor.name} has a validator ${INLINE}${name}, but no field ${name}`);
    }
  }
  const properties = new Map<string, PropertyPlan>();
  for (const name of new Set([...fields.keys(), ...metadatas.map(({ propertyName }) => propertyName)])) {
    // Decorators are applied from the lowest to the topmost.
    const own = metadatas.filter(({ propertyName }) => propertyName === name).reverse();
    const method = inline.has(name) ? `${INLINE}${name}` : undefined;
    properties.set(name, planProperty(name, own, method, fields.get(name)?.kind));
  }
  return { properties, checksItself: inline.has('form') };
}

/**
 * As class-validator inherits: a class that gives a property validators of its own takes the place of those above it. (Of two classes
 * above, class-validator itself would take both.)
 */
function metadatasOf(data: object): ValidationMetadata[] {
  const storage = getMetadataStorage();
  const found: ValidationMetadata[] = [];
  for (const { constructor } of prototypesOf(data)) {
    const nearer = new Set(found.map(({ propertyName, type }) => `${type} ${propertyName}`));
    const own = storage
      .getTargetValidationMetadatas(constructor, constructor.name, false, false)
      .filter(({ target }) => target === constructor);
    found.push(...own.filter(({ propertyName, type }) => !nearer.has(`${type} ${propertyName}`)));
  }
  return found;
}

function prototypesOf(data: object): object[] {
  const prototypes: object[] = [];
  for (let at = Object.getPrototypeOf(data) as object | null; at && at !== Object.prototype;) {
    prototypes.push(at);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return prototypes;
}

function planProperty(
  name: string,
  metadatas: ValidationMetadata[],
  inline: string | undefined,
  kind: FieldKind | undefined,
): PropertyPlan {
  const validators = metadatas.flatMap((metadata) => plannedValidators(metadata, kind));
  const conditions = metadatas.filter(isForeignCondition);
  const nested = metadatas.filter(({ type }) => type === NESTED);
  return { name, validators, conditions, nested, inline, flags: flagsIn(validators, conditions) };
}

const CONDITION: string = ValidationTypes.CONDITIONAL_VALIDATION;
const NESTED: string = ValidationTypes.NESTED_VALIDATION;

function plannedValidators(metadata: ValidationMetadata, kind?: FieldKind): PlannedValidator[] {
  const traits = traitsIn(metadata.context);
  if (metadata.type === CONDITION) return traits ? [{ metadata, flags: {}, ...traits }] : [];
  // A check of each entry of a list, or of some values only, says nothing about the control.
  const isGeneral = !metadata.each && !metadata.validateIf;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map((constraint) => {
      const flags = traits?.flags ?? classFlags(constraint) ?? foreignFlags(metadata, constraint, kind);
      return { ...traits, metadata, constraint, flags: isGeneral ? flags : {} };
    });
}

function isForeignCondition({ type, context }: ValidationMetadata): boolean {
  return type === CONDITION && !traitsIn(context);
}

/** The flags of a reusable validator class, which stand in its static property `flags`. */
function classFlags({ target }: ConstraintMetadata): Flags | undefined {
  return (target as { flags?: Flags }).flags;
}

function foreignFlags(
  metadata: ValidationMetadata,
  { name }: ConstraintMetadata,
  kind: FieldKind | undefined,
): Flags {
  const { required, ...flags } = flagsOfClassValidator(name, constraintsOf(metadata));
  // To class-validator, false is not empty, and of a list only `arrayNotEmpty` asks for an entry.
  const isRequired = required && (kind?.absent === undefined || name === 'arrayNotEmpty');
  return isRequired ? { ...flags, required } : flags;
}

/** Where nothing may be checked, a browser may refuse nothing. */
function flagsIn(validators: readonly PlannedValidator[], conditions: readonly ValidationMetadata[]): Flags {
  const isOptional = conditions.some(({ name }) => name === 'isOptional');
  if (conditions.length > 0 && !isOptional) return {};
  const flags: Record<string, unknown> = {};
  for (const { flags: own } of validators) {
    const { required, ...others } = own;
    // What goes with a pattern goes with no other one.
    if ('pattern' in others) {
      delete flags.matcher;
      delete flags.title;
    }
    Object.assign(flags, others);
    if (required !== undefined && !isOptional && !flags.optional) flags.required = required;
  }
  return flags;
}

/** class-validator types them as always there. */
export function constraintsOf({ constraints }: ValidationMetadata): unknown[] {
  return (constraints as unknown[] | undefined) ?? [];
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

import { Inject, Injectable } from '@nestjs/common';
import { INJECTABLE_WATERMARK } from '@nestjs/common/constants';
import { ModuleRef } from '@nestjs/core';
import { ValidatorConstraintInterface } from 'class-validator';
import type { ConstraintMetadata } from 'class-validator/types/metadata/ConstraintMetadata';
import { BoundField } from './field';
import type { FieldName } from './field-name';
import { Form } from './form';
import { FieldCheck } from './validation/field-check';
import { FieldValidator } from './validation/field-validator';
import { StopValidation, ValidationError } from './validation/validation-errors';
import { InlineValidator, PropertySchema } from './validation/property-schema';
import { WHOLE_FORM, schemaFor } from './validation/validation-schema';

/** Validators for one request, by the name of their field. */
export type ExtraValidators<T extends object = object> = Readonly<
  Partial<Record<FieldName<T>, readonly FieldValidator[]>>
>;

/**
 * Checks a form against the validators of its DTO, those of this package and class-validator's own: each field's in the
 * order in which they are declared, then those for this request, then its `validate_<field>`. What has to be waited for
 * is asked only about fields that have passed the rest, so that no oversized value reaches a database.
 *
 * Validator classes that are `@Injectable()` are Nest providers, found in this application and not in class-validator's container,
 * which all applications of a process share; others are made without arguments.
 */
@Injectable()
export class FormValidator {
  private readonly constraints = new Map<ConstraintMetadata, ValidatorConstraintInterface>();

  constructor(@Inject(ModuleRef) private readonly providers: Pick<ModuleRef, 'get'>) {}

  /**
   * Adds what is wrong to the form.
   *
   * @throws whatever a validator throws that is neither a ValidationError nor a StopValidation: a fault of its own
   * @throws TypeError for an extra validator of a field that the form does not have
   */
  async validate<T extends object>(form: Form<T>, extra?: ExtraValidators<T>): Promise<void>;
  async validate(form: Form<object>, extra: ExtraValidators = {}): Promise<void> {
    for (const name of Object.keys(extra)) {
      if (!form.fieldNamed(name)) throw new TypeError(`There is no field ${name} to validate`);
    }
    const checks = this.checksOf(form, extra);
    for (const check of checks) await check.runSync();
    for (const check of checks.filter(({ isUnfinished }) => isUnfinished)) await check.runAsync();
    await validateWhole(form);
  }

  /** Those of its fields, and of the forms and lists in them, each after the field that it is in. */
  private checksOf(form: Form<object>, extra: ExtraValidators = {}): FieldCheck[] {
    return [...schemaFor(form.data).properties.values()].flatMap((schema) => {
      const check = new FieldCheck(form, schema, extra[schema.name] ?? [], this.findConstraint);
      const field = form.fieldNamed(schema.name);
      return [check, ...(field ? this.checksOfParts(form, field, schema) : [])];
    });
  }

  private checksOfParts(form: Form<object>, field: BoundField, { entry }: PropertySchema): FieldCheck[] {
    const { entries = [], isUnchecked } = field;
    if (isUnchecked) return [];
    if (field.form) return this.checksOf(field.form);
    if (!entry) return [];
    return entries.flatMap((one) => [
      new FieldCheck(form, entry, [], this.findConstraint, one),
      ...this.checksOfParts(form, one, entry),
    ]);
  }

  private readonly findConstraint = (metadata: ConstraintMetadata): ValidatorConstraintInterface => {
    let instance = this.constraints.get(metadata);
    if (!instance) {
      instance = this.provider(metadata) ?? metadata.instance;
      this.constraints.set(metadata, instance);
    }
    return instance;
  };

  /** The classes of decorators are none of Nest's, which would be asked in vain and throws then. */
  private provider({ target }: ConstraintMetadata): ValidatorConstraintInterface | undefined {
    if (Reflect.getMetadata(INJECTABLE_WATERMARK, target) !== true) return undefined;
    return this.providers.get<ValidatorConstraintInterface>(target, { strict: false });
  }
}

/** The form's own check of itself, when nothing is wrong with its fields; the forms in it come first. */
async function validateWhole(form: Form<object>): Promise<void> {
  for (const field of form.fields) for (const nested of formsIn(field)) await validateWhole(nested);
  const { checksItself, mappedWholeForm: mapped } = schemaFor(form.data);
  if (!checksItself || !form.isValid) return;
  const own = (form.data as { [WHOLE_FORM]?: InlineValidator })[WHOLE_FORM];
  try {
    await (own ?? mapped)?.call(form.data, form);
  } catch (error) {
    if (error instanceof StopValidation && !error.message) return;
    if (!(error instanceof ValidationError) && !(error instanceof StopValidation)) throw error;
    form.addError(undefined, error);
  }
}

function formsIn({ form, entries = [], isUnchecked }: BoundField): readonly Form<object>[] {
  if (isUnchecked) return [];
  return form ? [form] : entries.flatMap(formsIn);
}

import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  ValidationArguments,
  ValidatorConstraintInterface,
  getMetadataStorage,
  validateSync,
} from 'class-validator';
import { Form } from './form';

/** Runs a check in surroundings that the application chooses, such as outside of a transaction. */
export type CheckSurroundings = <T>(check: () => Promise<T>) => Promise<T>;
export const CHECK_SURROUNDINGS = Symbol('surroundings of a form check');

/**
 * Checks a form against the class-validator decorators of its DTO. Asynchronous constraints are asked only about fields that have
 * passed the others, so that no oversized value reaches a database. They are Nest providers, found in this application and not in
 * class-validator's container, which all applications of a process share.
 */
@Injectable()
export class FormValidator {
  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(CHECK_SURROUNDINGS) private readonly surroundings: CheckSurroundings,
  ) {}

  /** Adds what is wrong to the form. */
  async validate(form: Form<object>): Promise<void> {
    const failed = validateSync(form.data, { stopAtFirstError: true });
    for (const { property, constraints = {} } of failed) {
      for (const message of Object.values(constraints)) form.addError(property, message);
    }
    await this.surroundings(() => this.validateAsync(form));
  }

  private async validateAsync(form: Form<object>): Promise<void> {
    const { data } = form;
    const storage = getMetadataStorage();
    const targetName = data.constructor.name;
    const metadatas = storage.getTargetValidationMetadatas(data.constructor, targetName, false, false);
    for (const { propertyName: property, constraintCls, constraints, message } of metadatas) {
      const custom = storage.getTargetValidatorConstraints(constraintCls);
      if (!custom.some(({ async }) => async) || form.hasError(property)) continue;
      const constraint = this.moduleRef.get<ValidatorConstraintInterface>(constraintCls, { strict: false });
      const value = (data as Record<string, unknown>)[property];
      const args: ValidationArguments = { value, constraints, targetName, object: data, property };
      if (await constraint.validate(value, args)) continue;
      form.addError(
        property,
        ownMessage(message, args) ?? constraint.defaultMessage?.(args) ?? 'Invalid input.',
      );
    }
  }
}

/** The message given where the constraint is used; class-validator types it as always there. */
function ownMessage(
  message: string | ((args: ValidationArguments) => string) | undefined,
  args: ValidationArguments,
): string | undefined {
  return typeof message === 'function' ? message(args) : message;
}

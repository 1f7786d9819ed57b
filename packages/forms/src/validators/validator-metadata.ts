import type { ValidationArguments, ValidationOptions } from 'class-validator';
import type { Translatable } from '../translations/message';
import { Flags } from '../fields/flags';

/** What a form does about a validator beyond what class-validator knows. */
export interface ValidatorMetadata {
  readonly flags?: Flags;
  /** The value is not worth checking further when it fails: the field's other messages are taken back. */
  readonly bail?: boolean;
  /** Another field that the check reads, which the form must have. */
  readonly otherField?: string;
  /** It cannot check a property that is no field. */
  readonly needsField?: boolean;
  /** What it says by itself, of which class-validator is told the English text. */
  readonly ownMessage?: (args: ValidationArguments) => string | Translatable;
}

/** What a check is called that has no name of its own, as an arrow function that is passed on has none. */
export const UNNAMED_CHECK = 'validateWith';

const VALIDATOR_METADATA = Symbol('metadata of a validator');

/** The options of a validator with its metadata in them. */
export function withValidatorMetadata(
  validatorMetadata: ValidatorMetadata,
  options?: ValidationOptions,
): ValidationOptions {
  return {
    ...options,
    context: { ...(options?.context as object | undefined), [VALIDATOR_METADATA]: validatorMetadata },
  };
}

/** The metadata that a decorator of this package has left in its metadata; undefined for class-validator's own. */
export function validatorMetadataIn(context: unknown): ValidatorMetadata | undefined {
  return (context as { [VALIDATOR_METADATA]?: ValidatorMetadata } | undefined)?.[VALIDATOR_METADATA];
}

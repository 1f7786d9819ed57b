import { ValidateIf } from 'class-validator';
import { withValidatorMetadata } from './validator-metadata';
import { fieldIn } from './validator';

export interface OptionalOptions {
  /** Whether blanks alone count as nothing; on. */
  readonly stripWhitespace?: boolean;
}

/**
 * A field that may stay empty: then nothing below is checked, and what was said before, as of a number that cannot be
 * read, is taken back.
 */
export function Optional({ stripWhitespace = true }: OptionalOptions = {}): PropertyDecorator {
  const isSent = (sent: unknown): boolean => {
    // Not deeper: JSON can nest lists without end.
    if (Array.isArray(sent)) return sent.some((one) => Array.isArray(one) || isSent(one));
    if (sent === undefined || sent === null) return false;
    return typeof sent !== 'string' || (stripWhitespace ? sent.trim() : sent) !== '';
  };
  return (target, property) => {
    const name = String(property);
    const condition = (object: object, value: unknown) => {
      const field = fieldIn({ object, property: name, value, constraints: [], targetName: '' });
      return isSent(field ? field.sent : value);
    };
    ValidateIf(condition, withValidatorMetadata({ flags: { optional: true } }))(target, property);
  };
}

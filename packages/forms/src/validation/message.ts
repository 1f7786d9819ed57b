import { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { dateInWords } from './date-in-words';

/** What a failed validator says: the message given where it is used, else its own, with class-validator's `$tokens` filled, `$value` only where it is no secret. */
export function messageOf(
  { message }: Pick<ValidationMetadata, 'message'>,
  constraint: ValidatorConstraintInterface,
  args: ValidationArguments,
  isSecret: boolean,
): string {
  const own = typeof message === 'function' ? message(args) : message;
  const texts = [own, constraint.defaultMessage?.(args), 'Invalid input.'];
  return fill(texts.find(Boolean) ?? '', isSecret ? { ...args, value: undefined } : args);
}

/** In one go, so that nothing that was typed is taken for a token itself. */
function fill(text: string, args: ValidationArguments): string {
  const { constraints, property, targetName } = args;
  const value: unknown = args.value;
  return text.replace(TOKEN, (token, name: string, number?: string) => {
    if (number !== undefined) {
      const index = Number(number) - 1;
      return index < constraints.length ? inWords(constraints[index], args) : token;
    }
    if (name === 'property') return property;
    if (name === 'target') return targetName;
    return ['string', 'boolean', 'number'].includes(typeof value) ? String(value) : token;
  });
}

const TOKEN = /\$(constraint(\d+)|value|property|target)/g;

function inWords(constraint: unknown, args: ValidationArguments): string {
  const value: unknown =
    typeof constraint === 'function'
      ? (constraint as (args: ValidationArguments) => unknown)(args)
      : constraint;
  if (value instanceof Date) return dateInWords(value);
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

import { ValidationArguments } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { Message, type MessageParameters, type Translatable } from '../translations/message';

/**
 * What a failed validator says: the message given where it is used, else its own. What stands for class-validator's `$tokens` is found for
 * those that are in it, `$value` only where it is no secret; a translation has the same.
 */
export function messageOf(
  { message }: Pick<ValidationMetadata, 'message'>,
  own: ((args: ValidationArguments) => string | Translatable) | undefined,
  args: ValidationArguments,
  isSecret: boolean,
): Translatable {
  const given = typeof message === 'function' ? message(args) : message;
  const said = [given, own?.(args)].find(Boolean) ?? 'Invalid input.';
  const { text, params } = typeof said === 'string' ? { text: said } : said;
  return { text, params: { ...tokensIn(text, args, isSecret), ...params } };
}

function tokensIn(text: string, args: ValidationArguments, isSecret: boolean): MessageParameters {
  const tokens: Record<string, MessageParameters[string]> = {};
  for (const [token, number] of text.matchAll(TOKEN)) {
    const value = number === undefined ? named(token, args, isSecret) : constraint(Number(number), args);
    if (value !== undefined) tokens[token] = value;
  }
  return tokens;
}

const TOKEN = /\$(?:constraint(\d+)|value|property|target)/g;

function named(token: string, args: ValidationArguments, isSecret: boolean): string | undefined {
  if (token === '$property') return args.property;
  if (token === '$target') return args.targetName;
  const value: unknown = isSecret ? undefined : args.value;
  return ['string', 'boolean', 'number'].includes(typeof value) ? String(value) : undefined;
}

/** Numbers and dates are written as the language does. */
function constraint(number: number, args: ValidationArguments): MessageParameters[string] | undefined {
  if (number < 1 || number > args.constraints.length) return undefined;
  const given: unknown = args.constraints[number - 1];
  const value: unknown =
    typeof given === 'function' ? (given as (args: ValidationArguments) => unknown)(args) : given;
  if (value instanceof Date || typeof value === 'number' || value instanceof Message) return value;
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

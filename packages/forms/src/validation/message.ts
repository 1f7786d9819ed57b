import { ValidationArguments } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { Message, type MessageParameters, type Translatable } from '../translations/message';

/**
 * What a failed validator says: the message given where it is used, else its own. Both have the parameters of its own, and class-validator's
 * `$tokens`, `$value` only where it is no secret.
 */
export function messageOf(
  { message }: Pick<ValidationMetadata, 'message'>,
  ownMessage: ((args: ValidationArguments) => string | Translatable) | undefined,
  args: ValidationArguments,
  isSecret: boolean,
): Translatable {
  const given = typeof message === 'function' ? message(args) : message;
  const own = ownMessage?.(args);
  const { text, params } = typeof own === 'object' ? own : { text: own };
  const said = [given, text].find(Boolean) ?? 'Invalid input.';
  // Most messages of this package need none.
  return { text: said, params: given || said.includes('$') ? withTokens(params, args, isSecret) : params };
}

/**
 * A text may be a key, so that only its translation tells what it needs. Found when they are asked for and not listed: a constraint may be a
 * function, or a class, which is not to be called.
 */
function withTokens(
  params: MessageParameters | undefined,
  args: ValidationArguments,
  isSecret: boolean,
): MessageParameters {
  const all: MessageParameters = { ...params };
  const define = (token: string, get: () => MessageParameters[string]) =>
    Object.defineProperty(all, token, { get });
  define('$property', () => args.property);
  define('$target', () => args.targetName);
  const value: unknown = args.value;
  if (!isSecret && ['string', 'boolean', 'number'].includes(typeof value))
    define('$value', () => String(value));
  for (const [index, constraint] of args.constraints.entries())
    define(`$constraint${index + 1}`, () => shown(constraint, args));
  return all;
}

/** Numbers and dates are written as the language does. */
function shown(constraint: unknown, args: ValidationArguments): MessageParameters[string] {
  const value: unknown =
    typeof constraint === 'function'
      ? (constraint as (args: ValidationArguments) => unknown)(args)
      : constraint;
  if (value instanceof Date || typeof value === 'number' || value instanceof Message) return value;
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

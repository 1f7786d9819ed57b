import { FormDeclarationError } from '../validation/form-declaration.error';
import { Choice } from './field-type';
import { FieldDeclaration } from './field.decorator';

/**
 * What there is to choose from in a field, for the DTO that is being filled; nothing in a field without choices.
 *
 * @throws FormDeclarationError where the declaration gives anything but a list of choices
 * @throws TypeError where it throws
 */
export function choicesOf(declaration: FieldDeclaration, data: object, name: string): readonly Choice[] {
  if (!declaration.choices) return [];
  const where = `${data.constructor.name}.${name}`;
  const list = resolveChoices(declaration.choices, data, where);
  if (!Array.isArray(list)) {
    throw new FormDeclarationError([`${where}: its choices must be a list, not ${inWords(list)}`]);
  }
  return list.map((given: unknown, index) => {
    const choice: unknown = typeof given === 'string' ? { value: given } : given;
    if (isChoice(choice)) return choice;
    throw new FormDeclarationError([
      `${where}: its choice number ${index + 1} has no value that is text or a number`,
    ]);
  });
}

/** Types do not keep a function from returning anything else. */
function resolveChoices(choices: (data: object) => unknown, data: object, where: string): unknown {
  try {
    return choices(data);
  } catch (cause) {
    throw new TypeError(`${where}: its choices could not be found`, { cause });
  }
}

function isChoice(given: unknown): given is Choice {
  if (typeof given !== 'object' || given === null) return false;
  const { value } = given as Partial<Choice>;
  return typeof value === 'string' || typeof value === 'number';
}

function inWords(value: unknown): string {
  if (value instanceof Promise) return 'a promise, which nobody waits for';
  return value === null || value === undefined ? String(value) : typeof value;
}

import { namesDeclaredTwice } from '../fields/field.decorator';
import { filteredNames } from '../fields/filters';
import { prototypesOf } from '../prototypes';
import { transformersOf } from './transformers';
import type { ValidationSchema } from './property-schema';

/** What templates find in every form, beside its fields, and what `validate_form` would be taken for. */
const RESERVED = [
  'addError',
  'data',
  'enctype',
  'errors',
  'fieldNamed',
  'fields',
  'form',
  'isJson',
  'isResized',
  'isPosted',
  'isValid',
  'messages',
  'populateObj',
];

/** What can never work in what a DTO declares, whatever is sent: a line each. */
export function declarationFaults(dto: object, { fields, properties, inline }: ValidationSchema): string[] {
  const { name: dtoName } = dto.constructor;
  const faults: string[] = [];
  for (const name of inline) {
    if (name !== 'form' && !fields.has(name)) {
      faults.push(`${dtoName} has a validator validate_${name}, but no field ${name}`);
    }
  }
  for (const name of filteredNames(prototypesOf(dto))) {
    if (!fields.has(name)) faults.push(`${dtoName} has a filter filter_${name}, but no field ${name}`);
  }
  for (const { name, validators } of properties.values()) {
    for (const { otherField, needsField } of validators) {
      if (needsField && !fields.has(name))
        faults.push(`${dtoName}.${name}: it has a validator, but is no field`);
      if (otherField !== undefined && !fields.has(otherField)) {
        faults.push(`${dtoName}.${name}: invalid field name '${otherField}', ${dtoName} has no such field`);
      }
    }
  }
  for (const name of namesDeclaredTwice(dto)) {
    faults.push(`${dtoName}.${name}: it is declared as two fields`);
  }
  for (const name of fields.keys()) {
    if (isReserved(name)) faults.push(`${dtoName}.${name}: A form cannot have a field named ${name}`);
    for (const decorator of transformersOf(dto, name)) {
      faults.push(
        `${dtoName}.${name}: a form does not apply @${decorator} of class-transformer; the kind of a field converts`,
      );
    }
  }
  return faults;
}

function isReserved(name: string): boolean {
  return name in Object.prototype || RESERVED.includes(name);
}

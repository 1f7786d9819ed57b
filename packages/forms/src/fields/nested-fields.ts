import type { Type } from '@nestjs/common';
import { Type as TypeOf } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { StopValidation, ValidationError } from '../validation/validation-errors';
import { Validators } from '../validators/combine-validators';
import { FieldType } from './field-type';
import { Field, FieldDeclaration, FieldOptions, declarationOf } from './field.decorator';
import { FieldDecorator } from './typed-decorator';

/**
 * A form within the form: the property is an instance of another DTO, whose fields are checked as its own. Their names in HTML and in
 * messages have the name of the property before them, as `address.city`; JSON nests them.
 */
export const FormField = <T extends object>(
  dto: Type<T>,
  label: string,
  options: FieldOptions = {},
): FieldDecorator<T> =>
  Validators(
    Field({ label, ...options, kind: FORM, nested: dto }),
    // For those that check a DTO by class-validator alone.
    ValidateNested(),
    TypeOf(() => dto),
  );

export interface FieldListOptions extends FieldOptions {
  /** How many entries there are at least; so many are shown. */
  readonly minEntries?: number;
  readonly maxEntries?: number;
  /** What is on the buttons that make the list longer and shorter. */
  readonly addLabel?: string;
  readonly removeLabel?: string;
}

/**
 * A list of fields of one kind, or of forms: `@FieldList(StringField('Phone'), 'Phones')`. The entries are `phones.0`, `phones.1` and so on in
 * HTML and in messages; JSON has a list. Validators with `each: true` are those of every entry, and their messages stand beside it.
 */
export const FieldList = (
  entry: PropertyDecorator,
  label: string,
  {
    minEntries = 0,
    maxEntries = Infinity,
    addLabel = 'Add',
    removeLabel = 'Remove',
    ...options
  }: FieldListOptions = {},
): PropertyDecorator => {
  const declaration = declarationOf(entry);
  const kind = listKind(minEntries, maxEntries);
  const list = { entry: declaration, minEntries, maxEntries, addLabel, removeLabel };
  const field = Field({ label, ...options, kind, list });
  const dto = declaration.nested;
  return dto
    ? Validators(
        field,
        ValidateNested({ each: true }),
        TypeOf(() => dto),
      )
    : field;
};

/** How the entries of a list are declared. */
export interface ListDeclaration {
  readonly entry: FieldDeclaration;
  readonly minEntries: number;
  readonly maxEntries: number;
  readonly addLabel: string;
  readonly removeLabel: string;
}

const NOTHING = { attributeFlags: [], isShownAgain: false, format: () => undefined } as const;

/** {@link BoundField.fill} makes the values of both out of their parts. */
const FORM: FieldType = {
  ...NOTHING,
  element: 'form',
  empty: null,
  convert: (sent) => {
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
      throw new ValidationError('Not a valid object value.');
    }
    return sent;
  },
};

function listKind(minEntries: number, maxEntries: number): FieldType {
  return {
    ...NOTHING,
    element: 'list',
    empty: [],
    absent: [],
    convert: (sent, { isJson }) => {
      if (isJson && !Array.isArray(sent)) throw new ValidationError('Not a valid list value.');
      return sent;
    },
    preValidate: ({ data, errors }) => {
      const count = (data as unknown[]).length;
      // Of what is no list nothing more is to be said.
      if (errors.length > 0) throw new StopValidation(errors[0]);
      if (count < minEntries)
        throw new ValidationError('Field must have at least {min} entries.', { min: minEntries });
      if (count > maxEntries)
        throw new ValidationError('Field cannot have more than {max} entries.', { max: maxEntries });
    },
  };
}

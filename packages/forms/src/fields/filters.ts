import { TransformFnParams, TransformationType } from 'class-transformer';
import { transformsOf } from '../validation/transformers';
import { FieldDeclaration } from './field.decorator';

/** Makes the value of a field out of the one it has; `data` is the DTO. */
export type FieldFilter = (value: unknown, data: object) => unknown;

const INLINE = 'filter_';

/**
 * What changes the value of a field once it is converted, in this order: the filters of its declaration, `@Transform` of class-transformer,
 * and `filter_<field>` of the DTO.
 */
export function filtersOf(
  dto: object,
  name: string,
  { filters = [] }: FieldDeclaration,
): readonly FieldFilter[] {
  const transforms = transformsOf(dto, name).map(({ transformFn }): FieldFilter => {
    const transform = transformFn as (params: TransformFnParams) => unknown;
    const type = TransformationType.PLAIN_TO_CLASS;
    return (value, data) => transform({ value, key: name, obj: data, type, options: {} });
  });
  const inline = (dto as Record<string, unknown>)[`${INLINE}${name}`];
  return [
    ...(filters as unknown as readonly FieldFilter[]),
    ...transforms,
    ...(typeof inline === 'function'
      ? [(value: unknown, data: object) => (inline as FieldFilter).call(data, value, data)]
      : []),
  ];
}

/** The names that `filter_<field>` methods of a DTO are for. */
export function filteredNames(prototypes: readonly object[]): readonly string[] {
  return prototypes
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .filter((name) => name.startsWith(INLINE))
    .map((name) => name.slice(INLINE.length));
}

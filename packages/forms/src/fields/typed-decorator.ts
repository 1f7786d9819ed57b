import type { FieldName } from '../field-name';

/**
 * A decorator for properties that hold a `V`. Of a property that it knows nothing about, as where it is called as a function with a name
 * that is only known at run time, it checks nothing: so it is a `PropertyDecorator` as well.
 */
export type FieldDecorator<V> = <T extends object, K extends string | symbol>(
  target: T,
  property: K & (K extends keyof T ? Holding<T[K], V> : unknown),
) => void;

/** A decorator for properties of a DTO that has a field of that name beside them. */
export type BesideField<N extends string> = <T extends object, K extends string | symbol>(
  target: T,
  property: K & (K extends keyof T ? Having<T, N> : unknown),
) => void;

/**
 * Nothing to refuse where the property takes a `V`, or only some of them, such as a few texts: which those are is up to the validators.
 * Whether it may be empty is up to them as well. What is refused names both types in the error of the compiler.
 */
type Holding<P, V> = [V] extends [P]
  ? unknown
  : [Exclude<P, null | undefined>] extends [V]
    ? unknown
    : { readonly fieldHolds: V; readonly propertyIs: P };

type Having<T, N extends string> = string extends N
  ? unknown
  : N extends FieldName<T>
    ? unknown
    : { readonly noField: N };

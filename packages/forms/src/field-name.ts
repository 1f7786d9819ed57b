/** What cannot be a field of a DTO, such as its `validate_<field>`. To `void`, so that the type of what it returns is never asked for. */
type Method = (...args: never) => void;

/** Whether nothing is known of a DTO but that it is one. */
type IsAnyDto<T> = [keyof T] extends [never] ? true : false;

/**
 * The names that fields of a DTO may have: those of its properties, since types do not tell which of them are decorated. Of a DTO that is
 * not known, such as that of `Form<object>`, any.
 */
export type FieldName<T> = IsAnyDto<T> extends true ? string : keyof PerField<T, unknown> & string;

/** Something for each field of a DTO, by its name. */
export type PerField<T, V> = {
  readonly [K in keyof T & string as T[K] extends Method ? never : K]-?: V;
};

/** What is there for each name of a known DTO, and may be missing in one that is not known. */
export type Known<T, V> = IsAnyDto<T> extends true ? V | undefined : V;

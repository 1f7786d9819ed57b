import { ExposeOptions, TransformMetadata, TransformationType } from 'class-transformer';

// It is not part of the package's index; @nestjs/mapped-types reads it from there as well.
const { defaultMetadataStorage } =
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file has its types elsewhere
  require('class-transformer/cjs/storage') as typeof import('class-transformer/types/storage');

/** The functions that `@Transform` gives a property for filling it. */
export function transformsOf({ constructor }: object, property: string): readonly TransformMetadata[] {
  return defaultMetadataStorage.findTransformMetadatas(
    constructor,
    property,
    TransformationType.PLAIN_TO_CLASS,
  );
}

/**
 * The decorators of class-transformer by which `plainToInstance` would fill a property otherwise than a form does.
 * `@Transform` is a filter of the field. Those that are only about what is sent out are welcome, and so is `@Type`, whose part the kind of the field has.
 */
export function transformersOf({ constructor }: object, property: string): string[] {
  const storage = defaultMetadataStorage;
  // Typed as if there were always one.
  const excluded = storage.findExcludeMetadata(constructor, property) as Decoration | undefined;
  const exposed = storage.findExposeMetadata(constructor, property) as Decoration | undefined;
  return [
    ...(excluded && isForFilling(excluded) ? ['Exclude'] : []),
    ...(exposed && isForFilling(exposed) && isConditional(exposed) ? ['Expose'] : []),
  ];
}

interface Decoration {
  /** Those of `@Exclude` are some of them. */
  readonly options?: ExposeOptions;
}

function isForFilling({ options = {} }: Decoration): boolean {
  return options.toPlainOnly !== true || options.toClassOnly === true;
}

function isConditional({ options = {} }: Decoration): boolean {
  const { name, groups, since, until } = options;
  return [name, groups, since, until].some((option) => option !== undefined);
}

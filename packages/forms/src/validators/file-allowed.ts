import { ValidationOptions } from 'class-validator';
import { Message } from '../translations/message';
import { canBeFound, isOfMimeType, plainExtension, sameExtensions } from '../uploads/content-type';
import { UploadedFile } from '../uploads/uploaded-file';
import { filesOf } from './files-of';
import { createValidator } from './validator';

/**
 * Every file is of one of these types by its content, whatever its name says. `text/plain` is any text in UTF-8, which HTML and SVG may be.
 *
 * @param types MIME types, all of a kind such as `image/*`, or extensions such as `jpg`
 * @throws RangeError for a type that cannot be told from content, as that of a misspelt name
 */
export function FileAllowed(types: readonly string[], options?: ValidationOptions): PropertyDecorator {
  const unknown = types.filter((type) => !canBeFound(type));
  if (types.length === 0) throw new RangeError('FileAllowed: at least one type must be given');
  if (unknown.length > 0)
    throw new RangeError(`FileAllowed: no content tells that a file is ${unknown.join(' or ')}`);
  return createValidator(
    {
      name: 'fileAllowed',
      constraints: [types],
      validate: (value) => filesOf(value).every((file) => types.some((type) => isOfType(file, type))),
      defaultMessage: () =>
        new Message('Only files of these types are allowed: {types}.', { types: types.join(', ') }),
      flags: { accept: types.flatMap(inBrowser).join(',') },
    },
    options,
  );
}

function isOfType({ mimeType, extension }: UploadedFile, type: string): boolean {
  return type.includes('/') ? isOfMimeType(mimeType, type) : extension === plainExtension(type);
}

/** Browsers go by the name, which may end in any of the extensions. */
function inBrowser(type: string): string[] {
  return type.includes('/') ? [type] : sameExtensions(type).map((extension) => `.${extension}`);
}

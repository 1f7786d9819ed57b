import { ValidationOptions } from 'class-validator';
import { Message } from '../translations/message';
import { bytesInWords } from '../uploads/bytes-in-words';
import { filesOf } from './files-of';
import { createValidator } from './validator';

export interface FileSizeOptions extends ValidationOptions {
  /** In bytes. `$constraint1` in a message, in words. */
  readonly min?: number;
  /** In bytes. `$constraint2` in a message, in words. */
  readonly max?: number;
}

/**
 * Every file has so many bytes; `min: 1` refuses those without content. What is read at all is limited for all forms alike: see UploadLimits.
 *
 * @throws RangeError for neither `min` nor `max`, for `min` above `max`, and for what is no number of bytes
 */
export function FileSize({ min = 0, max = Infinity, ...options }: FileSizeOptions): PropertyDecorator {
  if (min === 0 && max === Infinity)
    throw new RangeError('FileSize: at least one of min or max must be given');
  const isNumber = [min, max].every((bytes) => (Number.isInteger(bytes) && bytes >= 0) || bytes === Infinity);
  if (!isNumber) throw new RangeError('FileSize: min and max must be numbers of bytes');
  if (min > max) throw new RangeError('FileSize: min cannot be more than max');
  const inWords = { min: bytesInWords(min), max: bytesInWords(max) };
  return createValidator(
    {
      name: 'fileSize',
      constraints: [inWords.min, inWords.max],
      validate: (value) => filesOf(value).every(({ sizeBytes }) => sizeBytes >= min && sizeBytes <= max),
      defaultMessage: () => {
        if (max === Infinity) return new Message('A file must have at least {min}.', inWords);
        if (min === 0) return new Message('A file cannot have more than {max}.', inWords);
        return new Message('A file must have between {min} and {max}.', inWords);
      },
    },
    options,
  );
}

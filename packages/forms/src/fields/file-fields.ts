import { RefusedUpload } from '../uploads/refused-upload';
import { UploadedFile } from '../uploads/uploaded-file';
import { StopValidation, ValidationError } from '../validation/validation-errors';
import { FieldType } from './field-type';
import { Field, FieldOptions } from './field.decorator';
import type { FieldDecorator } from './typed-decorator';

/** A file: an {@link UploadedFile}, or null where none was chosen. The form has to be sent with its `enctype`. */
export const FileField = (label: string, options: FieldOptions = {}): FieldDecorator<UploadedFile> =>
  Field({
    label,
    ...options,
    kind: fileKind(null, (files) => {
      if (files.length > 1) throw new ValidationError('Only one file can be sent here.');
      return files[0] ?? null;
    }),
  });

/** Several files: an array of {@link UploadedFile}s. */
export const MultipleFileField = (
  label: string,
  options: FieldOptions = {},
): FieldDecorator<UploadedFile[]> =>
  Field({ label, ...options, kind: { ...fileKind([], (files) => files), attributes: { multiple: true } } });

function fileKind(empty: unknown, valueOf: (files: UploadedFile[]) => unknown): FieldType {
  const convert = (sent: unknown) => valueOf(filesIn(sent));
  return {
    element: 'input',
    type: 'file',
    isShownAgain: false,
    attributeFlags: ['required', 'disabled', 'accept'],
    empty,
    convert,
    format: () => undefined,
    preValidate: ({ sent }) => {
      try {
        convert(sent);
      } catch (error) {
        // Nobody who has sent a file that is too large should read that one is required.
        throw error instanceof ValidationError ? new StopValidation(error.text, error.params) : error;
      }
    },
  };
}

/** @throws ValidationError for what is no file, such as its name, which is all that a form without the `enctype` sends */
function filesIn(sent: unknown): UploadedFile[] {
  const all: unknown[] = Array.isArray(sent) ? sent : [sent];
  const chosen = all.filter((one) => one !== undefined && one !== null && one !== '');
  for (const one of chosen) if (one instanceof RefusedUpload) throw new ValidationError(one.text, one.params);
  if (!chosen.every((one) => one instanceof UploadedFile)) throw new ValidationError('Not a valid file.');
  return chosen;
}

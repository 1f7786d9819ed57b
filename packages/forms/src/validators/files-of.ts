import { UploadedFile } from '../uploads/uploaded-file';

/** The files that are the value of a field of either kind. */
export function filesOf(value: unknown): UploadedFile[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => one instanceof UploadedFile);
}

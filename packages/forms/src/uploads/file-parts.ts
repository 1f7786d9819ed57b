import { rm } from 'node:fs/promises';
import type { Translatable } from '../translations/message';
import type { FilePart } from './busboy';
import { bytesInWords } from './bytes-in-words';
import { contentTypeOf } from './content-type';
import { shownFileName } from './file-name';
import type { MultipartBody, PartSlot } from './multipart-body';
import { RefusedUpload } from './refused-upload';
import type { RequestFiles } from './request-files';
import { storeFile } from './store-file';
import { BrokenUploadError, UploadTooLargeError } from './upload-errors';
import type { UploadLimits } from './upload-options';
import { UploadedFile } from './uploaded-file';

export interface FilePartsOptions {
  readonly limits: UploadLimits;
  /** Whether a name is that of a field that takes files. */
  readonly isFileField: (name: string) => boolean;
  /** Whether a name is that of a field; a file under any other name is passed over. */
  readonly isField: (name: string) => boolean;
  readonly files: RequestFiles;
  readonly newPath: () => string;
  /** Refuses the form by what came before its files, by a throw. */
  readonly beforeFiles: () => Promise<void>;
}

/** Writes the files of one form to disk, and tells in the body of those that are not taken. */
export class FileParts {
  readonly #stored: Promise<void>[] = [];
  #count = 0;
  #permission?: Promise<void>;

  /**
   * @param isTooMuch whether it is known that the form is larger than is read: then it is read for its texts only
   * @param stop ends the reading, the first time that it is called, and returns why it has ended
   */
  constructor(
    private readonly options: FilePartsOptions,
    private readonly body: MultipartBody,
    private readonly isTooMuch: boolean,
    private readonly stop: (problem: Error) => Error,
  ) {}

  take(name: string, part: FilePart, filename: string | undefined): void {
    if (!this.options.isField(name)) {
      part.resume();
      return;
    }
    const slot = this.body.add(name);
    if (filename === undefined) {
      // An input that nobody has filled in, unless there is something in it.
      part.on('data', () => (slot.value ??= new RefusedUpload('This file has no name.')));
      return;
    }
    const refusal = this.refusalOf(name);
    if (refusal === undefined) {
      this.#stored.push(this.store(part, slot, filename));
      return;
    }
    slot.value = refusal;
    part.resume();
  }

  /** Waits for what is being written; never rejects. */
  async done(): Promise<void> {
    await Promise.all(this.#stored);
  }

  /** Why a file is not worth writing. */
  private refusalOf(name: string): RefusedUpload | undefined {
    const { limits } = this.options;
    if (!this.options.isFileField(name)) return new RefusedUpload('This field takes no file.');
    this.#count += 1;
    if (this.#count > limits.files)
      return new RefusedUpload('At most {files} files can be sent at once.', { files: limits.files });
    return this.isTooMuch ? refused(new UploadTooLargeError(limits.totalBytes)) : undefined;
  }

  private async store(part: FilePart, slot: PartSlot, filename: string): Promise<void> {
    const { limits, newPath, files } = this.options;
    const path = newPath();
    try {
      this.#permission ??= this.options.beforeFiles();
      await this.#permission;
      const { sizeBytes, isText } = await storeFile(part, path);
      if (part.truncated) {
        await rm(path, { force: true });
        slot.value = new RefusedUpload('This file is too large: at most {size} are allowed.', {
          size: bytesInWords(limits.fileBytes),
        });
        return;
      }
      const facts = {
        originalName: shownFileName(filename),
        sizeBytes,
        ...(await contentTypeOf(path, isText)),
      };
      slot.value = await files.add(new UploadedFile(path, facts));
    } catch (error) {
      await rm(path, { force: true });
      const problem = this.stop(error as Error);
      const isAboutFile = problem instanceof UploadTooLargeError || problem instanceof BrokenUploadError;
      if (isAboutFile) slot.value = refused(problem);
    }
  }
}

function refused({ text, params }: Translatable): RefusedUpload {
  return new RefusedUpload(text, params);
}

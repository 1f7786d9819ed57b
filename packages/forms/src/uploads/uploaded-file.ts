import { ReadStream, createReadStream } from 'node:fs';
import { constants, copyFile, link, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePrivateDirectory } from '@microblog/private-files';
import { TEMPORARY_SUFFIX } from './temporary-suffix';

/** What is known of a file when it has arrived. */
export interface UploadedFileFacts {
  /** As the sender calls it, without a path and characters that nobody sees: to be shown, not to be a name on the server. */
  readonly originalName: string;
  /** As found in the content, `application/octet-stream` where that tells nothing. */
  readonly mimeType: string;
  /** Belongs to {@link mimeType}, such as `png`; without a dot. */
  readonly extension: string;
  readonly sizeBytes: number;
}

/**
 * A file that somebody has sent. It is temporary: it is gone once the request has been answered, unless the handler moves or keeps it, and
 * even then where the handler fails or its unit of work is rolled back.
 */
export class UploadedFile implements UploadedFileFacts {
  readonly originalName: string;
  readonly mimeType: string;
  readonly extension: string;
  readonly sizeBytes: number;
  #path: string;
  #isKept = false;

  constructor(path: string, facts: UploadedFileFacts) {
    this.#path = path;
    this.originalName = facts.originalName;
    this.mimeType = facts.mimeType;
    this.extension = facts.extension;
    this.sizeBytes = facts.sizeBytes;
  }

  /** Where the file is: temporary first, later where it was moved to. */
  get path(): string {
    return this.#path;
  }

  get isKept(): boolean {
    return this.#isKept;
  }

  stream(): ReadStream {
    return createReadStream(this.#path);
  }

  /**
   * Makes the file permanent under another path, readable by its owner only, and makes the directories that are missing.
   *
   * @throws Error with the code EEXIST where there is a file already: to undo the move would remove that one
   */
  async moveTo(path: string): Promise<void> {
    makePrivateDirectory(dirname(path));
    await placeAt(path, this.#path);
    const before = this.#path;
    this.#path = path;
    this.#isKept = true;
    await rm(before, { force: true });
  }

  /** Makes the file permanent in the directory of temporary files, under a name that no other file has; returns its path. */
  async keep(): Promise<string> {
    if (!this.#isKept) {
      const name = this.#path.slice(dirname(this.#path).length + 1);
      await this.moveTo(join(dirname(this.#path), name.replace(TEMPORARY_SUFFIX, '')));
    }
    return this.#path;
  }
}

/** A link, unlike a rename, never replaces a file. Another file system, or one without links, needs a copy. */
async function placeAt(path: string, from: string): Promise<void> {
  try {
    await link(from, path);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await copyTo(path, from);
  }
}

async function copyTo(path: string, from: string): Promise<void> {
  try {
    await copyFile(from, path, constants.COPYFILE_EXCL);
  } catch (error) {
    // What a full disk has left of it is of no use; a file that was there before is none of ours.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true });
    throw error;
  }
}

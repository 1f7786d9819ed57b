import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** What one request may send. */
export interface UploadLimits {
  /** For each file; a larger one is refused beside its field. 10 MB. */
  readonly fileBytes: number;
  /** For all of a request; more is not read, and gets 413. 50 MB. */
  readonly totalBytes: number;
  /** Those beyond are refused beside their field. 20. */
  readonly files: number;
  /** Texts, not files; more get 413. 100. */
  readonly fields: number;
}

export interface UploadOptions {
  /**
   * Where files are until they are kept; a private directory of the process, below that of the system, where left out. On the file system
   * on which files are to stay, they are moved and not copied.
   */
  readonly directory?: string;
  readonly limits?: Partial<UploadLimits>;

  /**
   * Asked when the first file begins, with the fields before it in `request.body`: a form whose first field is its CSRF token can be
   * refused before anything is written. Throws, or returns false, as a guard does.
   */
  readonly beforeFiles?: (context: ExecutionContext) => boolean | Promise<boolean>;

  /**
   * Whether nothing of the request was saved, so that what it has kept is removed; asked when the handler is done. Left out, that is where
   * the handler has failed. With @microblog/unit-of-work: its `isRolledBack`, which also knows when it is not certain.
   */
  readonly isRolledBack?: (request: Request) => boolean;
}

export const DEFAULT_LIMITS: UploadLimits = {
  fileBytes: 10 * 1024 * 1024,
  totalBytes: 50 * 1024 * 1024,
  files: 20,
  fields: 100,
};

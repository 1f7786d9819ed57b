import { rm } from 'node:fs/promises';
import type { Request } from 'express';
import { Observable, defer, lastValueFrom } from 'rxjs';
import { UploadedFile } from './uploaded-file';

const FILES = new WeakMap<Request, RequestFiles>();

/** The files of one request. They are removed when it is over: answered or aborted, and no handler at work with them any more. */
export class RequestFiles {
  readonly #files: UploadedFile[] = [];
  #isHandled = false;
  #isClosed = false;

  constructor(
    private readonly request: Request,
    private readonly isRolledBack?: (request: Request) => boolean,
  ) {
    FILES.set(request, this);
    // The sender may have gone while another guard was waiting.
    if (request.res?.destroyed) this.#isClosed = true;
    else request.res?.once('close', () => void this.close());
  }

  async add(file: UploadedFile): Promise<UploadedFile> {
    this.#files.push(file);
    if (this.#isClosed) await this.removeTemporary();
    return file;
  }

  /** Runs the handler. What it kept is removed before its failure is answered, so that the same can be sent again. */
  async during<T>(handle: () => Promise<T>): Promise<T> {
    this.#isHandled = true;
    let hasFailed = true;
    try {
      const result = await handle();
      hasFailed = false;
      return result;
    } finally {
      this.#isHandled = false;
      if (this.isRolledBack?.(this.request) ?? hasFailed) await this.remove(() => true);
      else if (this.#isClosed) await this.removeTemporary();
    }
  }

  private async close(): Promise<void> {
    this.#isClosed = true;
    // Somebody who leaves the page does not stop the handler, which may be about to move a file.
    if (!this.#isHandled) await this.removeTemporary();
  }

  private removeTemporary(): Promise<void> {
    return this.remove(({ isKept }) => !isKept);
  }

  private async remove(isUnwanted: (file: UploadedFile) => boolean): Promise<void> {
    const paths = this.#files.filter(isUnwanted).map(({ path }) => path);
    // Nobody is there to be told; what is left is removed by TemporaryDirectory.
    await Promise.allSettled(paths.map((path) => rm(path, { force: true })));
  }
}

/** What a handler makes of a request, with an end to the files that it was sent. */
export function withFilesOf(request: Request, handled: Observable<unknown>): Observable<unknown> {
  const files = FILES.get(request);
  if (!files) return handled;
  return defer(() => files.during(() => lastValueFrom(handled, { defaultValue: undefined })));
}

/** Whether the body was read as one with files. */
export function hasReadFiles(request: Request): boolean {
  return FILES.has(request);
}

import { Inject, Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrivateDirectory } from '@microblog/private-files';
import { TEMPORARY_SUFFIX } from './temporary-suffix';
import type { UploadOptions } from './upload-options';
import { UPLOAD_OPTIONS } from './uploads.module-definition';

/** No request takes as long. Other processes may have files in the same directory. */
const LONGEST_REQUEST_MS = 24 * 60 * 60_000;

/** Where uploads are until somebody keeps them. Those that a process has left behind when it crashed are removed at the start of another. */
@Injectable()
export class TemporaryDirectory implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(TemporaryDirectory.name);
  private readonly path: string;
  private readonly isOwn: boolean;

  constructor(@Inject(UPLOAD_OPTIONS) { directory }: UploadOptions) {
    this.isOwn = directory === undefined;
    // Others may write below the system's directory, and could have made one there whose name they know.
    this.path = directory ?? mkdtempSync(join(tmpdir(), 'uploads-'));
    makePrivateDirectory(this.path);
  }

  newPath(): string {
    return join(this.path, `${randomUUID()}${TEMPORARY_SUFFIX}`);
  }

  onModuleInit(): Promise<void> {
    return this.removeFiles(Date.now() - LONGEST_REQUEST_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.isOwn) return;
    await this.removeFiles(Infinity);
    // It stays where somebody has kept a file in it.
    await rmdir(this.path).catch(() => undefined);
  }

  private async removeFiles(changedBefore: number): Promise<void> {
    try {
      for (const name of await readdir(this.path)) {
        const path = join(this.path, name);
        if (!name.endsWith(TEMPORARY_SUFFIX)) continue;
        if (((await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity) < changedBefore)
          await rm(path, { force: true });
      }
    } catch (error) {
      this.logger.error(error);
    }
  }
}

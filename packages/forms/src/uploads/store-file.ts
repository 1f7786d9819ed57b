import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { PRIVATE_FILE_MODE } from '@microblog/private-files';
import { Utf8Check } from './utf8-check';

export interface StoredFile {
  readonly sizeBytes: number;
  readonly isText: boolean;
}

/**
 * Writes a stream to a new file that only its owner may read.
 *
 * @throws Error of the stream or of the file system; a part of the file may be there then
 */
export async function storeFile(content: Readable, path: string): Promise<StoredFile> {
  const check = new Utf8Check();
  let sizeBytes = 0;
  const file = await open(path, 'wx', PRIVATE_FILE_MODE);
  try {
    for await (const bytes of content as AsyncIterable<Buffer>) {
      check.add(bytes);
      sizeBytes += bytes.length;
      await file.writeFile(bytes);
    }
  } finally {
    await file.close();
  }
  return { sizeBytes, isText: check.isText };
}

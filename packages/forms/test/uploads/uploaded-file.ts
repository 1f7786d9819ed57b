import { UploadedFile, UploadedFileFacts } from '../../src';

/** A file as a field gets it, without one on the disk. */
export function uploadedFile(facts: Partial<UploadedFileFacts> = {}): UploadedFile {
  return new UploadedFile('/nonexistent.upload', {
    originalName: 'cat.png',
    mimeType: 'image/png',
    extension: 'png',
    sizeBytes: 2048,
    ...facts,
  });
}

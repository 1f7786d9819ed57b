import type { UploadedFileFacts } from './uploaded-file';

export type ContentType = Pick<UploadedFileFacts, 'mimeType' | 'extension'>;

const TEXT: ContentType = { mimeType: 'text/plain', extension: 'txt' };
const UNKNOWN: ContentType = { mimeType: 'application/octet-stream', extension: 'bin' };

/** Each with the name that `file-type` has for it. */
const OTHER_EXTENSIONS: Readonly<Record<string, string>> = { jpeg: 'jpg', tiff: 'tif', text: 'txt' };

/** A crafted file must not keep the request for long. */
const DETECTION_TIMEOUT_MS = 5_000;

/** The type of a file by its content. Name and `Content-Type` are whatever the sender wants them to be. */
export async function contentTypeOf(path: string, isText: boolean): Promise<ContentType> {
  try {
    const signal = AbortSignal.timeout(DETECTION_TIMEOUT_MS);
    const found = await fileType().fileTypeFromFile(path, { signal });
    if (found) return { mimeType: found.mime, extension: found.ext };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    // Broken content has no type.
  }
  return isText ? TEXT : UNKNOWN;
}

/** An extension as {@link ContentType} has it: in lower case, without its dot, `jpg` for `jpeg`. */
export function plainExtension(extension: string): string {
  const plain = extension.replace(/^\./, '').toLowerCase();
  return OTHER_EXTENSIONS[plain] ?? plain;
}

/** The extensions that mean the same, all of which a browser has to offer. */
export function sameExtensions(extension: string): string[] {
  const plain = plainExtension(extension);
  return [plain, ...Object.keys(OTHER_EXTENSIONS).filter((other) => OTHER_EXTENSIONS[other] === plain)];
}

/** Whether content can be of such a type: a MIME type, `image/*`, or an extension. No content tells that it is `text/csv`. */
export function canBeFound(type: string): boolean {
  const { supportedMimeTypes, supportedExtensions } = fileType();
  if (!type.includes('/')) return [...supportedExtensions, TEXT.extension].includes(plainExtension(type));
  return [...supportedMimeTypes, TEXT.mimeType].some((mimeType) => isOfMimeType(mimeType, type));
}

/** @param wanted a MIME type, or all of a kind: `image/*` */
export function isOfMimeType(mimeType: string, wanted: string): boolean {
  return wanted.endsWith('/*') ? mimeType.startsWith(wanted.slice(0, -1)) : mimeType === wanted;
}

/** Loaded where files are taken only. */
function fileType(): typeof import('file-type') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an `import` would load it with every form
  return require('file-type') as typeof import('file-type');
}

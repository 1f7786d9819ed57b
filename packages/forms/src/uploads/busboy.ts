import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';

/** Limits as busboy counts them: reached, not exceeded. */
export interface BusboyOptions {
  readonly headers: IncomingHttpHeaders;
  readonly defParamCharset: 'utf8';
  readonly limits: Readonly<Record<'fieldSize' | 'fileSize' | 'parts', number>>;
}

/** The stream of one file. It has to be read to its end, or nothing that comes after it is. */
export interface FilePart extends Readable {
  readonly truncated: boolean;
}

export interface FilePartInfo {
  /** Undefined where it is empty or missing, as from an input that nobody has filled in. */
  readonly filename: string | undefined;
}

interface BusboyEvents {
  /** @param text undefined where its charset is unknown */
  field: (name: string | undefined, text: string | undefined) => void;
  file: (name: string | undefined, part: FilePart, info: FilePartInfo) => void;
  partsLimit: () => void;
}

export interface Busboy extends Writable {
  on<E extends keyof BusboyEvents>(event: E, listener: BusboyEvents[E]): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'close', listener: () => void): this;
}

/** @throws Error where the headers tell of no form, or of no boundary */
export const busboy: (options: BusboyOptions) => Busboy =
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it comes without types
  require('busboy') as (options: BusboyOptions) => Busboy;

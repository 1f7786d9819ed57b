import type { Request } from 'express';
import { MOST_BODY_BYTES, MOST_READ_BYTES } from '../body-parsers';
import { tooLargeBody } from '../body-size.guard';
import { Message } from '../translations/message';
import { Busboy, FilePart, busboy } from './busboy';
import { FileParts, FilePartsOptions } from './file-parts';
import { MultipartBody } from './multipart-body';
import { BrokenUploadError, UploadTooLargeError } from './upload-errors';

/** Of all kinds, those that are passed over included. */
const MOST_PARTS = 1_000;

/** Reads one form with files: the texts to memory, the files straight to disk. */
export class MultipartReader {
  readonly #body = new MultipartBody();
  readonly #files: FileParts;
  #parser?: Busboy;
  /** Why nothing more is read. */
  #problem?: Error;
  #totalBytes = 0;
  #textBytes = 0;
  #texts = 0;

  constructor(
    private readonly request: Request,
    private readonly options: FilePartsOptions,
  ) {
    const isTooMuch = Number(request.headers['content-length'] ?? 0) > options.limits.totalBytes;
    this.#files = new FileParts(options, this.#body, isTooMuch, (problem) => this.stop(problem));
  }

  /** What was read, also where the rest could not be. */
  get body(): Record<string, unknown> {
    return this.#body.values;
  }

  /** @throws UploadTooLargeError, BrokenUploadError, what `beforeFiles` throws, or a fault of the file system */
  async read(): Promise<void> {
    const { request } = this;
    const parser = this.startParser();
    const ended = new Promise<void>((resolve) => parser.on('close', resolve));
    const count = ({ length }: Buffer) => this.count(length);
    const stopIfAborted = () => {
      if (!request.complete) this.stop(new BrokenUploadError());
    };
    // Without a listener, that the sender has gone would be thrown where nobody can catch it.
    request.on('data', count).on('error', stopIfAborted).on('close', stopIfAborted);
    // It may have gone while another guard was waiting, after which a request tells nothing any more.
    if (request.destroyed) this.stop(new BrokenUploadError());
    else request.pipe(parser);
    await ended;
    await this.#files.done();
    request.off('data', count).off('close', stopIfAborted);
    if (this.#textBytes > MOST_BODY_BYTES) this.#problem ??= tooLargeBody(this.#textBytes);
    if (this.#problem) throw this.#problem;
  }

  private startParser(): Busboy {
    try {
      this.#parser = busboy({
        headers: this.request.headers,
        defParamCharset: 'utf8',
        // One more than is taken: what is just as large is not too large.
        limits: {
          fieldSize: MOST_READ_BYTES + 1,
          fileSize: this.options.limits.fileBytes + 1,
          parts: MOST_PARTS + 1,
        },
      });
    } catch {
      throw this.stop(new BrokenUploadError('The upload does not say where its parts end.'));
    }
    return this.#parser
      .on('error', () => this.stop(new BrokenUploadError()))
      .on('partsLimit', () =>
        this.stop(new UploadTooLargeError(new Message('{count} parts', { count: MOST_PARTS }))),
      )
      .on('field', (name, text) => this.takeText(name, text))
      .on('file', (name, part, { filename }) => this.takeFile(name, part, filename));
  }

  private count(bytes: number): void {
    const { totalBytes } = this.options.limits;
    this.#totalBytes += bytes;
    if (this.#totalBytes > totalBytes) this.stop(new UploadTooLargeError(totalBytes));
  }

  private takeText(name: string | undefined, text: string | undefined): void {
    if (this.#problem || name === undefined) return;
    const { limits } = this.options;
    this.#texts += 1;
    this.#textBytes += Buffer.byteLength(name) + Buffer.byteLength(text ?? '');
    if (text === undefined) this.stop(new BrokenUploadError('The upload has text in an unknown charset.'));
    else if (this.#texts > limits.fields)
      this.stop(new UploadTooLargeError(new Message('{count} fields', { count: limits.fields })));
    else if (this.#textBytes > MOST_READ_BYTES) this.stop(tooLargeBody(this.#textBytes));
    // As some clients tell of an input without a file.
    else if (text !== '' || !this.options.isFileField(name)) this.#body.add(name, text);
  }

  private takeFile(name: string | undefined, part: FilePart, filename: string | undefined): void {
    // It ends with an error where the upload does, perhaps before anybody reads it.
    part.on('error', () => undefined);
    if (this.#problem || name === undefined) part.resume();
    else this.#files.take(name, part, filename);
  }

  /** The rest is read from the connection to nowhere, without which a browser would not look at the answer. */
  private stop(problem: Error): Error {
    if (this.#problem) return this.#problem;
    this.#problem = problem;
    if (this.#parser) this.request.unpipe(this.#parser);
    this.#parser?.destroy();
    this.request.resume();
    return problem;
  }
}

import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Logform } from 'winston';
import TransportStream from 'winston-transport';
import { PRIVATE_FILE_MODE, makePrivateDirectory } from '@microblog/private-files';

/** Where winston's formats leave the finished text of an entry. */
const MESSAGE = Symbol.for('message');

/** Milliseconds after which a rotation that has not ended is taken for one whose process died. */
const ABANDONED = 10_000;

export interface RotatingFileOptions {
  /** Made when it is missing; a relative one starts at what is the current directory now. */
  directory: string;
  /** `app.log` unless given. */
  name?: string;
  /** The size a file may reach before the next one is begun; with 0 it grows for ever. */
  maxBytes: number;
  /** How many older files are kept, `.1` the newest of them; with 0 the file grows for ever, as in Python. */
  backupCount: number;
  /** Told when lines, or rotations, begin to fail; not again before one has succeeded. Must not throw. */
  onFailure?: (error: Error) => void;
  /** Applied after the format of the logger; one that returns false leaves the entry out. */
  format?: Logform.Format;
}

/**
 * A winston transport that appends finished lines to a file and rotates as Python's `RotatingFileHandler` does, also
 * when several processes share the file; then it may outgrow `maxBytes` by the lines that they write at the same
 * moment. When the call returns, the line is in the file, safe from a crash of the process, or counted as lost;
 * failures never reach the caller.
 *
 * rotating-file-stream 3.2.10 does not serve: two processes lost 146 of 4,000 lines, a crash loses what was just
 * logged, a removed directory silences it, and after a full disk it stays closed.
 */
export class RotatingFile extends TransportStream {
  private readonly path: string;
  private readonly maxBytes: number;
  private readonly backupCount: number;
  private readonly onFailure: (error: Error) => void;
  private file?: { descriptor: number; device: number; inode: number };
  private outage?: { error: Error; lost: number };
  private cannotRotate = false;

  constructor({
    directory,
    name = 'app.log',
    maxBytes,
    backupCount,
    onFailure,
    format,
  }: RotatingFileOptions) {
    super({ format });
    this.path = resolve(directory, name);
    this.maxBytes = maxBytes;
    this.backupCount = backupCount;
    // Not process.stderr.write: that ends the process where stderr is a file on the same full disk.
    this.onFailure = onFailure ?? ((error) => console.error(`${this.path}: ${error.message}`));
  }

  override log(info: Record<symbol, unknown>, next: () => void): void {
    try {
      this.append(Buffer.from(`${this.lossNotice()}${String(info[MESSAGE])}\n`));
      this.outage = undefined;
    } catch (error) {
      // A descriptor that went bad, as on a network file system, would fail for ever.
      this.close();
      this.countLoss(error as Error);
    }
    next();
  }

  /** The next line opens the file again. */
  override close(): void {
    const { file } = this;
    this.file = undefined;
    try {
      if (file) closeSync(file.descriptor);
    } catch {
      // Network file systems repeat here the error of a write, which has been told.
    }
  }

  private lossNotice(): string {
    if (!this.outage) return '';
    const { lost, error } = this.outage;
    return `${new Date().toISOString()} WARN [${RotatingFile.name}] Lines lost here: ${lost} (${error.message})\n`;
  }

  private countLoss(error: Error): void {
    if (this.outage) {
      this.outage.lost += 1;
    } else {
      this.outage = { error, lost: 1 };
      this.onFailure(error);
    }
  }

  private append(line: Buffer): void {
    const { descriptor, size } = this.open();
    const hasRotated = this.isTooSmallFor(line, size) && this.rotate(line);
    this.writeWhole(hasRotated ? this.open().descriptor : descriptor, line);
  }

  /** Looks at the name before every line: somebody else may have rotated or removed what was open. */
  private open(): { descriptor: number; size: number } {
    const found = statSync(this.path, { throwIfNoEntry: false });
    if (found && this.file?.inode === found.ino && this.file.device === found.dev) {
      return { descriptor: this.file.descriptor, size: found.size };
    }
    this.close();
    makePrivateDirectory(dirname(this.path));
    const descriptor = openSync(this.path, 'a+', PRIVATE_FILE_MODE);
    const { dev: device, ino: inode, size } = fstatSync(descriptor);
    this.file = { descriptor, device, inode };
    return { descriptor, size };
  }

  /** An empty file takes any line, however long. */
  private isTooSmallFor(line: Buffer, size: number): boolean {
    const rotates = this.maxBytes > 0 && this.backupCount > 0;
    return rotates && size > 0 && size + line.length > this.maxBytes;
  }

  /** Without success the line goes to the file as it is: a file too large is better than a line lost. */
  private rotate(line: Buffer): boolean {
    const lock = `${this.path}.lock`;
    try {
      if (!this.acquire(lock)) return false;
      try {
        // Another process may have rotated between the look at the size and the lock.
        const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
        if (this.isTooSmallFor(line, size)) this.shift();
      } finally {
        rmSync(lock, { force: true });
      }
      this.cannotRotate = false;
      return true;
    } catch (error) {
      if (!this.cannotRotate) this.onFailure(error as Error);
      this.cannotRotate = true;
      return false;
    }
  }

  /** False while another process rotates: two that rename at once would overwrite backups. */
  private acquire(lock: string): boolean {
    try {
      writeFileSync(lock, '', { flag: 'wx', mode: PRIVATE_FILE_MODE });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      // Taken with the next line, not now: others may be removing it too.
      if (Math.abs(Date.now() - since) > ABANDONED) rmSync(lock, { force: true });
      return false;
    }
  }

  /** Moves only what is before the first gap, so that a rename that keeps failing costs no backup. */
  private shift(): void {
    const file = (number: number) => (number ? `${this.path}.${number}` : this.path);
    let last = 1;
    while (last < this.backupCount && existsSync(file(last))) last += 1;
    for (let number = last; number > 0; number -= 1) renameSync(file(number - 1), file(number));
  }

  /** A disk that fills up takes the beginning of a line before it refuses the rest: that is taken back. */
  private writeWhole(descriptor: number, line: Buffer): void {
    let written = 0;
    try {
      while (written < line.length) written += writeSync(descriptor, line, written);
    } catch (error) {
      if (written) this.takeBack(descriptor, line.subarray(0, written));
      throw error;
    }
  }

  private takeBack(descriptor: number, fragment: Buffer): void {
    const start = fstatSync(descriptor).size - fragment.length;
    const end = Buffer.alloc(fragment.length);
    readSync(descriptor, end, 0, end.length, start);
    // Unless another process has written behind it.
    if (end.equals(fragment)) ftruncateSync(descriptor, start);
  }
}

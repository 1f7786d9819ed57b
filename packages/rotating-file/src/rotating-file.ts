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
  /**
   * Entries that may wait until the event loop has done what is due, and are written together then, or when the process exits.
   * Only a kill that no process can handle loses them. None unless given.
   */
  mayWait?: (info: Readonly<Record<string, unknown>>) => boolean;
}

/** Files with lines that have not been written yet. */
const waiting = new Set<RotatingFile>();

process.on('exit', () => {
  for (const file of waiting) file.flush();
});

/**
 * A winston transport that appends finished lines to a file and rotates as Python's `RotatingFileHandler` does, also
 * when several processes share the file; then it may outgrow `maxBytes` by the lines that they write at the same
 * moment. When the call returns, the line is in the file, safe from a crash of the process, or counted as lost, unless it
 * {@link RotatingFileOptions.mayWait}; failures never reach the caller.
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
  private readonly mayWait: (info: Readonly<Record<string, unknown>>) => boolean;
  private lines: Buffer[] = [];

  constructor({
    directory,
    name = 'app.log',
    maxBytes,
    backupCount,
    onFailure,
    format,
    mayWait = () => false,
  }: RotatingFileOptions) {
    super({ format });
    this.path = resolve(directory, name);
    this.maxBytes = maxBytes;
    this.backupCount = backupCount;
    // Not process.stderr.write: that ends the process where stderr is a file on the same full disk.
    this.onFailure = onFailure ?? ((error) => console.error(`${this.path}: ${error.message}`));
    this.mayWait = mayWait;
  }

  override log(info: Record<string | symbol, unknown>, next: () => void): void {
    this.lines.push(Buffer.from(`${String(info[MESSAGE])}\n`));
    if (!this.mayWait(info)) this.flush();
    else if (this.lines.length === 1) {
      waiting.add(this);
      setImmediate(() => this.flush());
    }
    next();
  }

  /** Writes what has waited. */
  flush(): void {
    const { lines } = this;
    this.lines = [];
    waiting.delete(this);
    while (lines.length > 0) this.writeSome(lines);
  }

  /** Writes what has waited; the next line opens the file again. */
  override close(): void {
    this.flush();
    this.release();
  }

  private release(): void {
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

  private countLoss(error: Error, lost: number): void {
    if (this.outage) {
      this.outage.lost += lost;
    } else {
      this.outage = { error, lost };
      this.onFailure(error);
    }
  }

  /** Takes from the list what goes into the file at once, one line at least; it is written or counted as lost. */
  private writeSome(lines: Buffer[]): void {
    let count = 1;
    try {
      const batch = Buffer.concat([Buffer.from(this.lossNotice()), lines[0] ?? Buffer.alloc(0)]);
      let { descriptor, size } = this.open();
      if (this.isTooSmallFor(batch.length, size) && this.rotate(batch.length)) {
        ({ descriptor, size } = this.open());
      }
      let bytes = batch.length;
      for (const line of lines.slice(1)) {
        if (this.isTooSmallFor(line.length, size + bytes)) break;
        bytes += line.length;
        count += 1;
      }
      this.writeWhole(descriptor, Buffer.concat([batch, ...lines.slice(1, count)]));
      this.outage = undefined;
      lines.splice(0, count);
    } catch (error) {
      // A descriptor that went bad, as on a network file system, would fail for ever.
      this.release();
      const failed = lines.splice(0, count);
      // There may be room for some of them.
      if (failed.length > 1) for (const line of failed) this.writeSome([line]);
      else this.countLoss(error as Error, failed.length);
    }
  }

  /** Looks at the name before every write: somebody else may have rotated or removed what was open. */
  private open(): { descriptor: number; size: number } {
    const found = statSync(this.path, { throwIfNoEntry: false });
    if (found && this.file?.inode === found.ino && this.file.device === found.dev) {
      return { descriptor: this.file.descriptor, size: found.size };
    }
    this.release();
    makePrivateDirectory(dirname(this.path));
    const descriptor = openSync(this.path, 'a+', PRIVATE_FILE_MODE);
    const { dev: device, ino: inode, size } = fstatSync(descriptor);
    this.file = { descriptor, device, inode };
    return { descriptor, size };
  }

  /** An empty file takes any line, however long. */
  private isTooSmallFor(bytes: number, size: number): boolean {
    const rotates = this.maxBytes > 0 && this.backupCount > 0;
    return rotates && size > 0 && size + bytes > this.maxBytes;
  }

  /** Without success the line goes to the file as it is: a file too large is better than a line lost. */
  private rotate(bytes: number): boolean {
    const lock = `${this.path}.lock`;
    try {
      if (!this.acquire(lock)) return false;
      try {
        // Another process may have rotated between the look at the size and the lock.
        const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
        if (this.isTooSmallFor(bytes, size)) this.shift();
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

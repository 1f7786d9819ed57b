import { BigIntStats, Dirent, FSWatcher, existsSync, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Editors save in several steps, and often several files at once. */
const DEBOUNCE_MS = 50;

/**
 * Tells when files below some directories may have changed. Each directory is watched by itself: the recursive `fs.watch` of Node 20 on
 * Linux watches each file, loses those that an editor replaces by renaming, and throws out of reach when one goes at the wrong time.
 */
export class SourceFiles {
  private readonly watchers = new Map<string, { identity: string; watcher: FSWatcher }>();
  private timer?: NodeJS.Timeout;
  private isClosed = false;

  /** @param isSource which files count, by their names */
  constructor(
    private readonly directories: readonly string[],
    private readonly isSource: (name: string) => boolean,
    private readonly onChange: () => void,
  ) {}

  /**
   * The source files there are, each with what differs when it was saved again; and watches the directories they are in.
   *
   * @returns undefined when it came in the middle of a change; there will be another call for it
   */
  async scan(): Promise<Map<string, string> | undefined> {
    const entries = await this.entries();
    if (!entries) return undefined;
    const directories = entries.filter((entry) => entry.isDirectory()).map(pathOf);
    const isNew = this.watchOnly(await stampsOf([...this.directories, ...directories], identityOf));
    // Files that were created in a new directory before it was watched caused no event.
    if (isNew) return this.scan();
    const files = entries.filter((entry) => entry.isFile() && this.isSource(entry.name));
    return stampsOf(files.map(pathOf), saveOf);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.watchOnly(new Map());
  }

  private async entries(): Promise<Dirent[] | undefined> {
    const found = await Promise.all(this.directories.map((directory) => this.entriesOf(directory)));
    const entries = found.filter((list) => list !== undefined);
    return entries.length < found.length ? undefined : entries.flat();
  }

  private async entriesOf(directory: string): Promise<Dirent[] | undefined> {
    try {
      return await readdir(directory, { recursive: true, withFileTypes: true });
    } catch {
      if (!existsSync(directory)) return [];
      this.wait();
      return undefined;
    }
  }

  /** @returns whether one of them is watched for the first time */
  private watchOnly(directories: ReadonlyMap<string, string>): boolean {
    for (const [directory, { identity, watcher }] of this.watchers) {
      if (directories.get(directory) === identity) continue;
      watcher.close();
      this.watchers.delete(directory);
    }
    if (this.isClosed) return false;
    return [...directories].filter(([directory, identity]) => this.watch(directory, identity)).length > 0;
  }

  private watch(directory: string, identity: string): boolean {
    if (this.watchers.has(directory)) return false;
    try {
      const watcher = watch(directory, { persistent: false }, () => this.wait());
      // Its directory is gone: the next look finds out.
      watcher.on('error', () => this.wait());
      this.watchers.set(directory, { identity, watcher });
      return true;
    } catch {
      return false;
    }
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (!this.isClosed) this.timer = setTimeout(this.onChange, DEBOUNCE_MS).unref();
  }
}

function pathOf({ parentPath, name }: Dirent): string {
  return join(parentPath, name);
}

/** The files that still exist. */
async function stampsOf(
  paths: readonly string[],
  stampOf: (stats: BigIntStats) => string,
): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  await Promise.all(
    paths.map(async (path) => {
      const stats = await stat(path, { bigint: true }).catch(() => undefined);
      if (stats) stamps.set(path, stampOf(stats));
    }),
  );
  return stamps;
}

/** Differs for a directory that was deleted and created again. */
function identityOf({ ino, birthtimeNs }: BigIntStats): string {
  return `${ino} ${birthtimeNs}`;
}

/** Changes with each save, even if content, size and modification time stay the same. */
function saveOf({ ino, ctimeNs }: BigIntStats): string {
  return `${ino} ${ctimeNs}`;
}

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TemporaryDirectory } from './temporary-directory';

const DAY_S = 24 * 60 * 60;

describe('The directory of temporary files', () => {
  it('is of the process, and gone with it', async () => {
    const directory = new TemporaryDirectory({});
    const path = directory.newPath();
    writeFileSync(path, '');
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await directory.onApplicationShutdown();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('stays where something was kept in it', async () => {
    const directory = new TemporaryDirectory({});
    const kept = join(dirname(directory.newPath()), 'kept');
    writeFileSync(kept, '');
    await directory.onApplicationShutdown();
    expect(existsSync(kept)).toBe(true);
    rmSync(dirname(kept), { recursive: true });
  });

  it('loses at the start what a crash has left, neither what was kept nor what is being sent', async () => {
    const path = mkdtempSync(join(tmpdir(), 'temporary-directory-'));
    for (const name of ['old.upload', 'new.upload', 'kept']) writeFileSync(join(path, name), '');
    const before = Date.now() / 1000 - DAY_S - 60;
    for (const name of ['old.upload', 'kept']) utimesSync(join(path, name), before, before);
    const directory = new TemporaryDirectory({ directory: path });
    await directory.onModuleInit();
    await directory.onApplicationShutdown();
    expect(readdirSync(path).sort()).toEqual(['kept', 'new.upload']);
    rmSync(path, { recursive: true });
  });
});

import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrivate, makePrivateDirectory, makePrivateFile } from './private-files';

describe('Private files', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'private-files-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  describe('makePrivateDirectory', () => {
    it('makes what is missing above it too, all for the owner alone', () => {
      makePrivateDirectory(join(directory, 'a', 'b', 'c'));
      for (const path of ['a', 'a/b', 'a/b/c']) expect(modeOf(join(directory, path))).toBe('700');
    });

    it('leaves one that is there as it is', () => {
      chmodSync(directory, 0o755);
      makePrivateDirectory(directory);
      expect(modeOf(directory)).toBe('755');
    });

    it.each([
      ['below a file', ['file', 'a', 'b']],
      ['of the name of a file', ['file']],
      ['of the name of a link to nothing', ['link']],
      ['below a link to nothing', ['link', 'a']],
    ])('fails %s', (_case, path) => {
      writeFileSync(join(directory, 'file'), '');
      symlinkSync(join(directory, 'nothing'), join(directory, 'link'));
      expect(() => makePrivateDirectory(join(directory, ...path))).toThrow(/^E|is not a directory/);
    });

    it.each(['/proc/a', '/proc/a/b/c', '/dev/null/a'])('fails soon as %s', (path) => {
      expect(() => makePrivateDirectory(path)).toThrow(/^E|is not a directory/);
    });
  });

  it('makePrivateFile makes one, and leaves one that is there as it is', () => {
    const file = join(directory, 'file');
    makePrivateFile(file);
    expect(modeOf(file)).toBe('600');
    writeFileSync(file, 'text');
    makePrivateFile(file);
    expect(statSync(file).size).toBe(4);
  });

  describe('makePrivate', () => {
    it.each([
      [0o644, '600'],
      [0o755, '700'],
      [0o440, '400'],
      [0o600, '600'],
    ])('makes %s of a file %s', (mode, expected) => {
      const file = join(directory, 'file');
      writeFileSync(file, '');
      chmodSync(file, mode);
      makePrivate(file);
      expect(modeOf(file)).toBe(expected);
    });

    it('does not mind that there is nothing, and leaves devices as they are', () => {
      makePrivate(join(directory, 'nothing'));
      const { mode } = statSync('/dev/null');
      symlinkSync('/dev/null', join(directory, 'link'));
      makePrivate(join(directory, 'link'));
      expect(statSync('/dev/null').mode).toBe(mode);
    });
  });
});

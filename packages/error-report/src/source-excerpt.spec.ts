import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sourceExcerpt } from './source-excerpt';
import { setProjectRoot } from './project-root';
import { StackFrame } from './stack-frames';

const ROOT = join(__dirname, '..');
beforeAll(() => {
  setProjectRoot(ROOT);
});

describe('sourceExcerpt', () => {
  let directory: string;
  const file = (name: string) => `${basename(directory)}/${name}`;
  const frame = (name: string, line = 10): StackFrame => ({
    function: 'f',
    file: name,
    line,
    column: 1,
    isOwn: true,
    isAsync: false,
  });

  beforeAll(() => {
    directory = mkdtempSync(join(ROOT, '.excerpt-'));
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
    writeFileSync(join(directory, 'a.ts'), lines.join('\r\n'));
    writeFileSync(join(directory, 'long.ts'), '🙂'.repeat(500));
    writeFileSync(join(directory, 'a.env'), 'SECRET_KEY=x');
    symlinkSync('/etc/passwd', join(directory, 'outside.ts'));
    symlinkSync('a.env', join(directory, 'inside.ts'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('shows the line with five around it', () => {
    const lines = sourceExcerpt(frame(file('a.ts')));
    expect(lines.map(({ line }) => line)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(lines.filter(({ isCurrent }) => isCurrent)).toEqual([
      { line: 10, text: 'line 10', isCurrent: true },
    ]);
  });

  it.each([
    [1, 2, [1, 2, 3]],
    [20, 2, [18, 19, 20]],
    [3, 0, [3]],
    [3, -1, [3]],
  ])('shows of line %d with %d around it %j', (line, around, expected) => {
    expect(sourceExcerpt(frame(file('a.ts'), line), around).map((found) => found.line)).toEqual(expected);
  });

  it('cuts long lines', () => {
    const [line] = sourceExcerpt(frame(file('long.ts'), 1));
    expect(line?.text).toBe('🙂'.repeat(100));
  });

  it.each([0, -1, 21, 1.5, NaN, Infinity])('shows nothing for line %d', (line) => {
    expect(sourceExcerpt(frame(file('a.ts'), line))).toEqual([]);
  });

  it.each([
    ['a file that is not there', 'gone.ts'],
    ['a file that is no TypeScript', 'a.env'],
    ['a link out of the project', 'outside.ts'],
    ['a link to what is no TypeScript', 'inside.ts'],
    ['a path with a null character', 'a\0.ts'],
  ])('shows nothing of %s', (_case, name) => {
    expect(sourceExcerpt(frame(file(name), 1))).toEqual([]);
  });

  it.each(['../../../../../../etc/passwd', '../outside.ts', 'src', '/etc/passwd', '', 'node:fs'])(
    'shows nothing of %j',
    (name) => {
      expect(sourceExcerpt(frame(name, 1))).toEqual([]);
    },
  );

  it('shows nothing of a library', () => {
    expect(sourceExcerpt({ ...frame(file('a.ts')), isOwn: false })).toEqual([]);
    expect(sourceExcerpt(frame('node_modules/typescript/lib/typescript.d.ts', 1))).toEqual([]);
  });
});

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadOrCreateSecretKey } from './secret-key';
import { StartError } from './start-error';

const ROOT = join(__dirname, '../..');
/** Asks for the key once its input ends. */
const OTHER_PROCESS = `
  const { loadOrCreateSecretKey } = require('./src/config/secret-key.ts');
  process.stderr.write('ready');
  process.stdin.on('end', () => process.stdout.write(loadOrCreateSecretKey(process.argv[1]))).resume();
`;

describe('loadOrCreateSecretKey', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    file = join(directory, '.secret_key');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('makes a key that only the owner can read, and nothing else', () => {
    const key = loadOrCreateSecretKey(file);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(readFileSync(file, 'utf8').trim()).toBe(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['.secret_key']);
  });

  it('makes another one elsewhere', () => {
    expect(loadOrCreateSecretKey(file)).not.toBe(loadOrCreateSecretKey(`${file}.other`));
  });

  it('keeps the key that is there', () => {
    writeFileSync(file, '  catcatcat\n');
    expect(loadOrCreateSecretKey(file)).toBe('catcatcat');
    expect(readFileSync(file, 'utf8')).toBe('  catcatcat\n');
  });

  it('gives processes that start at once the same key', async () => {
    const processes = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--require', './test/support/typescript.cjs', '--eval', OTHER_PROCESS, file], {
        cwd: ROOT,
      }),
    );
    await Promise.all(processes.map(({ stderr }) => once(stderr, 'data')));
    const keys = await Promise.all(processes.map(answerOf));
    expect(new Set(keys)).toEqual(new Set([readFileSync(file, 'utf8').trim()]));
    expect(readdirSync(directory)).toEqual(['.secret_key']);
  });

  it.each([
    ['is empty', () => writeFileSync(file, '\n')],
    ['cannot be made', () => (file = join(directory, 'missing', '.secret_key'))],
    ['is a directory', () => (file = directory)],
  ])('says in one line when the file %s', (_case, arrange) => {
    arrange();
    expect(() => loadOrCreateSecretKey(file)).toThrow(StartError);
    expect(() => loadOrCreateSecretKey(file)).toThrow(/^SECRET_KEY is not set and \S+ cannot be used: .+$/);
  });
});

function answerOf({ stdin, stdout }: ChildProcess): Promise<string> {
  stdin?.end();
  return stdout ? text(stdout) : Promise.resolve('');
}

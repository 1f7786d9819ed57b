import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDotEnv, readDotEnv } from './dot-env';
import { StartError } from './start-error';

describe('parseDotEnv', () => {
  it.each<[string, Record<string, string>]>([
    ['A=1\nB=2', { A: '1', B: '2' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['A=1\rB=2', { A: '1', B: '2' }],
    ['\n# a comment\n  # another\nA=1', { A: '1' }],
    ['#A=1', {}],
    [' A = 1 ', { A: '1' }],
    ['export A=1', { A: '1' }],
    ['A=', { A: '' }],
    ['A=\nB=2', { A: '', B: '2' }],
    ['A=  # a comment', { A: '' }],
    ['A=1 # a comment', { A: '1' }],
    ['A=1\t# a comment', { A: '1' }],
    ['A="abc#def" # a comment', { A: 'abc#def' }],
    ["A='abc # def'", { A: 'abc # def' }],
    ['A=`say "it\'s"`', { A: 'say "it\'s"' }],
    ['A="one\ntwo"\nB=2', { A: 'one\ntwo', B: '2' }],
    ['A="one\\ntwo"', { A: 'one\ntwo' }],
    ["A='one\\ntwo'", { A: 'one\\ntwo' }],
    ['A=""', { A: '' }],
    ['A=b=c==', { A: 'b=c==' }],
    ['A=it\'s "b"', { A: 'it\'s "b"' }],
    ['A=$B{x}', { A: '$B{x}' }],
    ['A=1\nA=2', { A: '2' }],
    ['', {}],
  ])('reads %j', (text, variables) => {
    expect(parseDotEnv(text)).toEqual(variables);
  });

  it.each([
    ['A=catcatcat#x', /^line 1: the value of A must be in quotes, because it contains a #$/],
    ['A=catcatcat#x # a comment', /^line 1: the value of A must be in quotes/],
    ['B=1\n\nA="catcatcat', /^line 3: the quotes around the value of A must be closed/],
    ['A="catcatcat" x', /^line 1: the quotes around the value of A must be closed, and end the line$/],
    ["A='catcatcat\nB=2", /^line 1: the quotes/],
    ['A: catcatcat', /^line 1 is not of the form NAME=value$/],
    ['catcatcat', /^line 1 is not of the form NAME=value$/],
    ['A=1\n=catcatcat', /^line 2 is not of the form NAME=value$/],
    ['A="1\n2"\nset B catcatcat', /^line 3 is not of the form NAME=value$/],
  ])('refuses %j, naming the line and showing nothing of it', (text, reason) => {
    expect(() => parseDotEnv(text)).toThrow(reason);
    expect(() => parseDotEnv(text)).not.toThrow(/catcatcat/);
  });
});

describe('readDotEnv', () => {
  const home = process.cwd();
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    process.chdir(directory);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(directory, { recursive: true });
  });

  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

  it.each([
    ['UTF-8', Buffer.from('A=grün\nB=2')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFA=grün\nB=2')],
    ['UTF-16, as PowerShell writes it', utf16('A=grün\r\nB=2\r\n')],
    ['UTF-16 of the other byte order', utf16('A=grün\nB=2').swap16()],
  ])('reads %s', (_encoding, bytes) => {
    writeFileSync('.env', bytes);
    expect(readDotEnv()).toEqual({ A: 'grün', B: '2' });
  });

  it.each([
    ['Latin-1', Buffer.from('A=grün', 'latin1')],
    ['UTF-16 without a byte order mark', Buffer.from('A=1', 'utf16le')],
    ['half a letter of UTF-16', utf16('A=1').subarray(0, -1)],
    ['anything else', Buffer.from([0, 1, 2, 3])],
  ])('refuses %s in one line', (_encoding, bytes) => {
    writeFileSync('.env', bytes);
    expect(readDotEnv).toThrow(StartError);
    expect(readDotEnv).toThrow(/^\.env cannot be read: it is not .*text.*$/);
  });

  it('reads nothing where there is no file', () => {
    expect(readDotEnv()).toEqual({});
  });
});

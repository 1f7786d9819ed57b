import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from './load-environment';
import { StartError } from './start-error';

describe('loadEnvironment', () => {
  const { env } = process;
  const home = process.cwd();
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    process.chdir(directory);
    process.env = {};
  });
  afterEach(() => {
    process.env = env;
    process.chdir(home);
    rmSync(directory, { recursive: true });
  });

  it('reads .env in the working directory, and believes the environment of the process more', () => {
    writeFileSync('.env', 'SECRET_KEY=catcatcat\nPORT=4000\nHOST="0.0.0.0" # all\n');
    process.env.PORT = '5000';
    expect(loadEnvironment()).toMatchObject({ SECRET_KEY: 'catcatcat', PORT: 5000, HOST: '0.0.0.0' });
  });

  it('changes nothing in the environment of the process', () => {
    writeFileSync('.env', 'SECRET_KEY=catcatcat\n');
    loadEnvironment();
    expect(process.env).toEqual({});
  });

  it('makes a key where none is set, and keeps it', () => {
    const { SECRET_KEY } = loadEnvironment();
    expect(readFileSync('.secret_key', 'utf8').trim()).toBe(SECRET_KEY);
    expect(loadEnvironment().SECRET_KEY).toBe(SECRET_KEY);
  });

  it('makes no key where one is set', () => {
    process.env.SECRET_KEY = 'catcatcat';
    loadEnvironment();
    expect(readdirSync('.')).toEqual([]);
  });

  it('wants a key in production, and makes none', () => {
    process.env.NODE_ENV = 'production';
    expect(loadEnvironment).toThrow(new StartError('SECRET_KEY must be set when NODE_ENV=production'));
    expect(readdirSync('.')).toEqual([]);
  });

  it('says so when .env cannot be read', () => {
    mkdirSync('.env');
    expect(loadEnvironment).toThrow(StartError);
    expect(loadEnvironment).toThrow(/^\.env cannot be read: .+$/);
  });
});

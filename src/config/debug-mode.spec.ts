import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wantsDebugMode } from './debug-mode';

describe('wantsDebugMode', () => {
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

  it.each(['1', 'true', 'YES', ' on '])('is so where MICROBLOG_DEBUG is %j', (MICROBLOG_DEBUG) => {
    process.env = { MICROBLOG_DEBUG };
    expect(wantsDebugMode()).toBe(true);
  });

  it.each([undefined, '', '0', 'off', 'no', 'perhaps'])('is not so where it is %j', (MICROBLOG_DEBUG) => {
    process.env = { ...(MICROBLOG_DEBUG !== undefined && { MICROBLOG_DEBUG }) };
    expect(wantsDebugMode()).toBe(false);
  });

  it.each(['production', ' Production', 'prod'])('is never so where NODE_ENV is %j', (NODE_ENV) => {
    process.env = { MICROBLOG_DEBUG: '1', NODE_ENV };
    expect(wantsDebugMode()).toBe(false);
  });

  it('reads .env, and believes the environment of the process more', () => {
    writeFileSync('.env', 'MICROBLOG_DEBUG=1\nPORT=wrong\n');
    expect(wantsDebugMode()).toBe(true);
    process.env.MICROBLOG_DEBUG = 'off';
    expect(wantsDebugMode()).toBe(false);
  });

  it('does without .env where that cannot be read', () => {
    mkdirSync('.env');
    expect(wantsDebugMode()).toBe(false);
    process.env.MICROBLOG_DEBUG = '1';
    expect(wantsDebugMode()).toBe(true);
  });
});

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningApp } from '../../support/running-app';

/** What a listing shows of it: `drwx------`. */
function modes(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths.map((path) => [path, (statSync(join(directory, path)).mode & 0o777).toString(8)] as const),
  );
}

describe('The files of a running application', () => {
  let directory: string;
  let umask: number;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    // What people's shells have.
    umask = process.umask(0o022);
  });
  afterAll(() => {
    process.umask(umask);
    rmSync(directory, { recursive: true });
  });

  const settings = () => ({
    DATABASE_URL: `sqlite:${join(directory, 'data', 'microblog.sqlite')}`,
    LOG_DIR: join(directory, 'var', 'logs'),
    LOG_MAX_BYTES: '500',
    LOG_TO_STDOUT: '0',
    SECRET_KEY: '',
  });
  /** Makes it write into the database, and rotate its logs. */
  const use = async (app: RunningApp) => {
    const susan = app.visitor();
    await susan.register(`susan${Date.now() % 1_000_000}`);
    for (let request = 0; request < 10; request++) await susan.get('/nope');
  };
  const expectAllPrivate = () => {
    for (const [path, mode] of Object.entries(modes(directory))) {
      expect([path, mode]).toEqual([path, statSync(join(directory, path)).isDirectory() ? '700' : '600']);
    }
  };

  it('can be used by its owner alone', async () => {
    const app = await RunningApp.start(settings(), directory);
    await use(app);
    expect(Object.keys(modes(directory))).toEqual(
      expect.arrayContaining([
        '.secret_key',
        'data/microblog.sqlite',
        'data/microblog.sqlite-wal',
        'data/microblog.sqlite-shm',
        'var/logs/microblog.log',
        'var/logs/client-errors.log',
        'var/logs/client-errors.log.1',
      ]),
    );
    expectAllPrivate();
    await app.stop();
  });

  it('are taken from others at the start where these could use them', async () => {
    const spool = join(directory, 'var', 'logs', 'unsent-mails');
    mkdirSync(spool);
    writeFileSync(join(spool, 'kept.json.bad'), '{}');
    for (const path of Object.keys(modes(directory))) {
      const file = join(directory, path);
      chmodSync(file, statSync(file).isDirectory() ? 0o755 : 0o644);
    }
    // These may hold other things, and are not the application's to close.
    for (const path of ['data', 'var']) chmodSync(join(directory, path), 0o700);

    const app = await RunningApp.start(settings(), directory);
    await use(app);
    expectAllPrivate();
    await app.stop();
  });

  it('do not close a directory that holds other things, and say so', async () => {
    const logs = join(directory, 'var', 'logs');
    writeFileSync(join(logs, 'nginx.log'), '');
    chmodSync(logs, 0o755);
    const app = await RunningApp.start({ ...settings(), LOG_TO_STDOUT: '1' }, directory);
    expect(statSync(logs).mode & 0o777).toBe(0o755);
    expect(app.output.join('\n')).toContain(`others than its owner may use ${logs}`);
    await app.stop();
  });
});

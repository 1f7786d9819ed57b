import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, TestDatabase } from '../support/database';
import { RunningApp } from '../support/running-app';
import { Visitor } from '../support/visitor';

/** Whose body is still on its way; it ends with `}`. */
const UNFINISHED_REQUEST =
  'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{';

describe('Several workers on one port (WEB_CONCURRENCY)', () => {
  let database: TestDatabase;
  let app: RunningApp;

  const start = async (variables: Record<string, string> = {}) => {
    app = await RunningApp.start({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2', ...variables });
  };
  const workers = () => childrenOf(app.pid);
  const output = () => app.output.join('\n');
  const waitFor = async (isSo: () => boolean) => {
    while (!isSo()) await sleep(20);
  };

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await app.stop();
    await database.drop();
  });

  it('serve once all are ready, after one of them has migrated the database', async () => {
    await start({ WEB_CONCURRENCY: '3' });
    expect(workers()).toHaveLength(3);
    expect(output()).toMatch(/Ready at http:\/\/\S+ with 3 workers/);
    expect(output().match(/Ready at/g)).toHaveLength(1);
    const answers = await Promise.all(Array.from({ length: 12 }, () => app.visitor().get('/login')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });

  it('know who is signed in, and what was sent twice, whichever of them is asked', async () => {
    await start();
    const susan = app.visitor();
    await susan.register('susan');
    await susan.signIn('susan');
    const fields = { ...(await susan.hiddenFields('/index')), body: 'Only once' };
    const send = () => freshly(app, susan, '/posts', new URLSearchParams(fields).toString());
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(new Set(answers)).toEqual(new Set([303]));
    const { page } = await susan.get('/user/susan');
    expect(page.querySelectorAll('.post')).toHaveLength(1);
  });

  it('count together what is limited', async () => {
    await start({ AUTH_RATE_LIMIT: '5' });
    const token = app.visitor();
    const hidden = await token.hiddenFields('/login');
    const body = new URLSearchParams({
      ...hidden,
      username: 'susan',
      password: 'a wrong password',
    }).toString();
    const statuses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => freshly(app, token, '/login', `${body}&number=${index}`)),
    );
    expect(statuses.filter((status) => status !== 429)).toHaveLength(5);
  });

  it('are replaced when they die, which the log tells, while the others serve', async () => {
    await start();
    const [first, second] = workers();
    process.kill(first ?? 0, 'SIGKILL');
    await waitFor(() =>
      output().includes(`Worker ${first} ended with SIGKILL; another one starts in 250 ms`),
    );
    expect((await app.visitor().get('/login')).status).toBe(200);
    await waitFor(() => workers().length === 2 && !workers().includes(first ?? 0));
    expect(workers()).toContain(second);
    expect((await app.visitor().get('/login')).status).toBe(200);
  });

  it('are replaced one after another on SIGHUP, and no request fails', async () => {
    await start();
    const before = workers();
    const agent = new Agent({ keepAlive: true });
    const results = new Map<unknown, number>();
    let isOver = false;
    const load = async (options: { agent?: Agent }) => {
      while (!isOver) {
        const result = await statusOf(`${app.url}/login`, options);
        results.set(result, (results.get(result) ?? 0) + 1);
        // The new workers need the processor to start.
        await sleep(10);
      }
    };
    const loads = [{}, {}, { agent }, { agent }, { agent }].map(load);
    await sleep(200);
    app.signal('SIGHUP');
    await waitFor(() => output().includes('All workers were replaced'));
    isOver = true;
    await Promise.all(loads);
    agent.destroy();
    expect([...results.keys()]).toEqual([200]);
    expect(results.get(200)).toBeGreaterThan(50);
    expect(workers()).toHaveLength(2);
    expect(workers().filter((pid) => before.includes(pid))).toEqual([]);
  }, 90_000);

  it('stay on SIGHUP where no new one can start, and the log says why', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    app = await RunningApp.start({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2' }, directory);
    const before = workers();
    writeFileSync(join(directory, '.env'), 'LOG_BACKUP_COUNT=many\n');
    app.signal('SIGHUP');
    await waitFor(() =>
      /A new worker did not start, so the old ones stay: Worker \d+ ended with 1/.test(output()),
    );
    expect(output()).toContain('Microblog cannot start: LOG_BACKUP_COUNT must be a whole number');
    expect(workers().sort()).toEqual(before.sort());
    expect((await app.visitor().get('/login')).status).toBe(200);
    rmSync(join(directory, '.env'));
    app.signal('SIGHUP');
    await waitFor(() => output().includes('All workers were replaced'));
    expect(workers().filter((pid) => before.includes(pid))).toEqual([]);
    rmSync(directory, { recursive: true });
  }, 90_000);

  it('finish what they are doing on SIGTERM, and end with their parent', async () => {
    await start();
    const pids = workers();
    const socket = connect(app.port, '127.0.0.1');
    socket.write(UNFINISHED_REQUEST);
    // By then each of them has seen what arrived before.
    for (let turns = 0; turns < 6; turns++) await statusOf(`${app.url}/healthz`, { agent: new Agent() });
    app.signal('SIGTERM');
    await waitFor(() => output().match(/Stopping on SIGTERM/g)?.length === 3);
    socket.write('}');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
    expect(await app.ended()).toBe(0);
    expect(output().match(/Stopped/g)).toHaveLength(3);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('finish on SIGTERM what they are doing while they are being replaced', async () => {
    await start();
    const old = workers();
    const socket = connect(app.port, '127.0.0.1');
    socket.write(UNFINISHED_REQUEST);
    for (let turns = 0; turns < 6; turns++) await statusOf(`${app.url}/healthz`, { agent: new Agent() });
    app.signal('SIGHUP');
    await waitFor(() => output().match(/Stopping on SIGHUP/g)?.length === 2);
    const all = [...old, ...workers()];
    app.signal('SIGTERM');
    await waitFor(() => output().includes('Stopping on SIGTERM'));
    socket.write('}');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
    expect(await app.ended()).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
  }, 60_000);

  it('end once only where each of them gets the signal too, as from a terminal', async () => {
    await start();
    const pids = workers();
    for (const pid of [...pids, app.pid]) process.kill(pid, 'SIGINT');
    expect(await app.ended()).toBe(0);
    expect(output().match(/Stopped/g)).toHaveLength(3);
  });

  it('end when their parent is killed', async () => {
    await start();
    const pids = workers();
    app.signal('SIGKILL');
    await waitFor(() => pids.filter(isAlive).length === 0);
  });

  it('write one log together, in which the parent tells of their lives', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    await start({ LOG_DIR: directory, LOG_TO_STDOUT: '0' });
    const log = () => readFileSync(join(directory, 'microblog.log'), 'utf8');
    // A line is on the console first.
    await waitFor(() => /INFO: \[Microblog\] Ready at \S+ with 2 workers/.test(log()));
    expect(log().match(/Microblog startup/g)).toHaveLength(2);
    await app.stop();
    rmSync(directory, { recursive: true });
  });
});

describe('Several workers that cannot start', () => {
  it.each([
    ['a wrong setting', { WEB_CONCURRENCY: 'two' }, /^Microblog cannot start: WEB_CONCURRENCY must be/],
    [
      'a database that cannot be used',
      { WEB_CONCURRENCY: '2', DATABASE_URL: 'sqlite:/dev/null/x.sqlite' },
      /^Microblog cannot start: DATABASE_URL: /,
    ],
  ])('say once what is wrong: %s', async (_what, variables, line) => {
    const { code, output } = await RunningApp.fail({ DATABASE_URL: 'sqlite:x.sqlite', ...variables });
    expect(output).toEqual([expect.stringMatching(line)]);
    expect(code).toBe(1);
  });
});

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Posts over a connection of its own, so that any worker may get it. */
async function freshly(app: RunningApp, visitor: Visitor, path: string, body: string): Promise<number> {
  const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
  const response = await fetch(new URL(path, app.url), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { Cookie: cookie, Connection: 'close', 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  await response.text();
  return response.status;
}

/** The status, or the error where the connection broke. */
function statusOf(url: string, options: { agent?: Agent }): Promise<unknown> {
  return new Promise((resolve) => {
    get(url, options, (response) => {
      response.on('end', () => resolve(response.statusCode)).resume();
    }).on('error', ({ message }) => resolve(message));
  });
}

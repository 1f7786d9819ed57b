import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { SQLITE_PACKAGE } from '../../src/database/sqlite-library';
import { createDatabase, createSqliteFile, TestDatabase } from '../support/database';
import { RunningApp } from '../support/running-app';
import { TestApp } from '../support/test-app';

describe('The process', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());

  describe('on SIGTERM', () => {
    /** A request whose body is still on its way. */
    const beginRequest = async (app: RunningApp) => {
      const socket = connect(app.port, '127.0.0.1');
      await once(socket, 'connect');
      const answer: Buffer[] = [];
      socket.on('data', (data) => answer.push(data)).on('error', () => undefined);
      socket.write(
        'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{',
      );
      await app.visitor().get('/healthz');
      return { socket, answer: () => Buffer.concat(answer).toString() };
    };

    it('finishes the running request, takes no new one, and ends with 0', async () => {
      const app = await RunningApp.start({ DATABASE_URL: database.url });
      const { socket, answer } = await beginRequest(app);
      app.signal('SIGTERM');
      while (
        await app
          .visitor()
          .get('/healthz')
          .catch(() => undefined)
      );
      socket.write('}');
      await once(socket, 'close');
      expect(answer()).toMatch(/^HTTP\/1.1 403 /);
      expect(answer()).toMatch(/^Connection: close/im);
      expect(await app.ended()).toBe(0);
      expect(app.output.join('\n')).toContain('Stopped');
    });

    it('does not wait for connections without a running request', async () => {
      const app = await RunningApp.start({ DATABASE_URL: database.url });
      const sockets = await Promise.all(
        [
          // As browsers open in advance.
          '',
          'GET /login HTT',
          'GET /login HTTP/1.1\r\nHost: localhost\r\n',
          'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /heal',
        ].map(async (sent) => {
          const socket = connect(app.port, '127.0.0.1');
          await once(socket, 'connect');
          socket.write(sent);
          return socket.on('error', () => undefined).resume();
        }),
      );
      await app.visitor().get('/healthz');
      const stopped = Date.now();
      app.signal('SIGTERM');
      expect(await app.ended()).toBe(0);
      expect(Date.now() - stopped).toBeLessThan(5_000);
      for (const socket of sockets) socket.destroy();
    });

    it('ends at once on a second signal', async () => {
      const app = await RunningApp.start({ DATABASE_URL: database.url });
      await beginRequest(app);
      app.signal('SIGTERM');
      while (!app.output.join('\n').includes('Stopping on SIGTERM')) await sleep(10);
      app.signal('SIGINT');
      expect(await app.ended()).toBe(1);
    });

    it('waits ten seconds at most', async () => {
      const app = await RunningApp.start({ DATABASE_URL: database.url });
      await beginRequest(app);
      const stopped = Date.now();
      app.signal('SIGTERM');
      expect(await app.ended()).toBe(0);
      expect(Date.now() - stopped).toBeGreaterThan(9_000);
      expect(Date.now() - stopped).toBeLessThan(12_000);
    });
  });

  it('opens its log anew on SIGHUP, and goes on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    const log = join(directory, 'microblog.log');
    const app = await RunningApp.start({
      DATABASE_URL: database.url,
      LOG_DIR: directory,
      LOG_TO_STDOUT: '0',
    });
    const says = (text: string) => existsSync(log) && readFileSync(log, 'utf8').includes(text);
    // A line is on the console first.
    while (!says('Ready at')) await sleep(10);
    renameSync(log, `${log}.moved`);
    app.signal('SIGHUP');
    while (!says('Log files opened anew')) await sleep(10);
    expect(readFileSync(`${log}.moved`, 'utf8')).toContain('Microblog startup');
    expect((await app.visitor().get('/healthz')).status).toBe(200);
    app.signal('SIGTERM');
    expect(await app.ended()).toBe(0);
    rmSync(directory, { recursive: true });
  });

  describe('does not start, and says why in one line,', () => {
    let directory: string;

    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    /** Nothing before it either: no stack, and no line of a start that had begun. */
    const expectRefusal = async (variables: Record<string, string>, line: RegExp) => {
      const { code, output } = await RunningApp.fail({ DATABASE_URL: database.url, ...variables });
      expect(output).toEqual([expect.stringMatching(line)]);
      expect(code).toBe(1);
    };

    it('when a setting is wrong', () =>
      expectRefusal({ PORT: 'eighty' }, /^Microblog cannot start: PORT must .* \(it is "eighty"\)$/));

    it('when the proxies are none', () =>
      expectRefusal({ TRUST_PROXY: 'nonsense' }, /TRUST_PROXY must be .* \(it is "nonsense"\)$/));

    it('in production without a key', () =>
      expectRefusal(
        { NODE_ENV: 'production', SECRET_KEY: '' },
        /SECRET_KEY must be set when NODE_ENV=production$/,
      ));

    it('in production with a key that can be guessed', () =>
      expectRefusal(
        { NODE_ENV: 'production', SECRET_KEY: 'a' },
        /: SECRET_KEY must have at least 32 characters .*$/,
      ));

    it('in production with debug mode', () =>
      expectRefusal({ NODE_ENV: 'production', MICROBLOG_DEBUG: '1' }, /MICROBLOG_DEBUG must be off/));

    it('when the database file is something else', async () => {
      const file = join(directory, 'letter.txt');
      writeFileSync(file, 'Dear Susan, this is not a database. '.repeat(100));
      await expectRefusal(
        { DATABASE_URL: `sqlite:${file}` },
        /letter\.txt cannot be used: file is not a database$/,
      );
    });

    it.each(['/proc/data/microblog.sqlite', '/dev/null/microblog.sqlite'])(
      'when the database cannot be made as %s',
      (file) =>
        expectRefusal(
          { DATABASE_URL: `sqlite:${file}` },
          new RegExp(`DATABASE_URL: ${file} cannot be used: .+`),
        ),
    );

    it('when the database is a directory', () =>
      expectRefusal(
        { DATABASE_URL: `sqlite:${directory}` },
        /DATABASE_URL: .* cannot be used: it is not a file$/,
      ));

    it.each(['/proc/a/b/logs', '/dev/null', '/sys'])('when log files cannot be in %s', (LOG_DIR) =>
      expectRefusal({ LOG_DIR, LOG_TO_STDOUT: '0' }, new RegExp(`LOG_DIR: ${LOG_DIR} cannot be used: .+`)),
    );

    it('when something else has the name of a log file', async () => {
      mkdirSync(join(directory, 'security.log'));
      await expectRefusal({ LOG_DIR: directory, LOG_TO_STDOUT: '0' }, /LOG_DIR: .* cannot be used: EISDIR: /);
    });

    it.each([
      ['was compiled for another Node', SQLITE_PACKAGE, `npm rebuild ${SQLITE_PACKAGE}`, createSqliteFile],
      ['is for another platform', '@node-rs/argon2', 'npm ci', createDatabase],
    ])('when a native module %s, with the command that helps', async (_case, name, command, create) => {
      const other = await create();
      const blocked = join(directory, 'blocked.cjs');
      writeFileSync(blocked, unloadable(name));
      await expectRefusal(
        { DATABASE_URL: other.url, NODE_OPTIONS: `--require "${blocked}"` },
        new RegExp(`: ${name} does not load in Node v[\\d.]+ on \\S+ \\S+; run: ${command}$`),
      );
      await other.drop();
    });

    it.each([
      ['is none of this machine', '203.0.113.1', /EADDRNOTAVAIL/],
      ['is not known', 'microblog.invalid', /ENOTFOUND|EAI_AGAIN/],
    ])('when the address %s', (_case, HOST, reason) =>
      expectRefusal({ HOST }, new RegExp(`PORT and HOST: cannot listen on ${HOST}:0: .*(${reason.source})`)),
    );

    it('when the address is taken, before it touches the database', async () => {
      const app = await RunningApp.start({ DATABASE_URL: database.url });
      const file = join(directory, 'untouched.sqlite');
      await expectRefusal(
        { DATABASE_URL: `sqlite:${file}`, PORT: String(app.port) },
        /PORT and HOST: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/,
      );
      expect(existsSync(file)).toBe(false);
      await app.stop();
    });

    it('when the database server is not there, without telling its password', () =>
      expectRefusal(
        { DATABASE_URL: 'postgres://susan:catcatcat@127.0.0.1:1/microblog' },
        /^(?!.*catcatcat).*postgres:\/\/127\.0\.0\.1:1\/microblog cannot be used: .*ECONNREFUSED/,
      ));

    it('when the database is newer than the code', async () => {
      const app = await TestApp.start({ DATABASE_URL: database.url });
      await app.nest
        .get(DataSource)
        .query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture')`);
      await app.stop();
      await expectRefusal({}, /the database is newer than this version of Microblog: .*FromTheFuture/);
    });
  });

  it('goes on when its console has gone', async () => {
    const app = await RunningApp.start({ DATABASE_URL: database.url });
    app.closeConsole();
    for (let request = 0; request < 3; request++) {
      expect((await app.visitor().get('/nope')).status).toBe(404);
    }
    app.signal('SIGTERM');
    expect(await app.ended()).toBe(0);
  });
});

/** Code that lets no binary of a package be loaded. */
function unloadable(name: string): string {
  return `
    const { dlopen } = process;
    process.dlopen = (module, file, ...rest) => {
      if (!file.includes('node_modules/${name}')) return dlopen(module, file, ...rest);
      const reason = 'was compiled against a different Node.js version using\\nNODE_MODULE_VERSION 108.';
      throw Object.assign(new Error("The module '" + file + "'\\n" + reason), { code: 'ERR_DLOPEN_FAILED' });
    };`;
}

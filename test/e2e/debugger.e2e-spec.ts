import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, TestDatabase } from '../support/database';
import { DebuggerPage } from '../support/debugger-page';
import { RunningApp } from '../support/running-app';
import { Visitor } from '../support/visitor';

const ROOT = join(__dirname, '../..');
const DEBUGGED_ROUTES = join(__dirname, '../support/debugged-routes.cjs');
const REFERENCE = /^[2-9A-Z]{4}-[2-9A-Z]{4}$/;
const CAUSE = 'The above error was the direct cause of the following:';

describe('The debugger', () => {
  let directory: string;
  const databases: TestDatabase[] = [];
  /** Also those that are still being started when another one has failed to. */
  const starts: Promise<RunningApp>[] = [];
  let app: RunningApp;
  /** Has another debugger attached to it; one of the tests takes its database away, which the others do not need. */
  let inspected: RunningApp;
  let pin: string;
  /** Signed in, and has entered the PIN. */
  let susan: Visitor;

  const begin = async (variables: Record<string, string>) => {
    const database = await createDatabase();
    databases.push(database);
    return RunningApp.start({
      DATABASE_URL: database.url,
      MICROBLOG_DEBUG: '1',
      NODE_OPTIONS: `--require "${DEBUGGED_ROUTES}"`,
      ...variables,
    });
  };

  const start = (variables: Record<string, string>) => {
    const starting = begin(variables);
    starts.push(starting);
    return starting;
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    [app, inspected] = await Promise.all([
      start({
        LOG_TO_STDOUT: '',
        LOG_DIR: directory,
        LOG_MAX_BYTES: '0',
        EDITOR_URL: 'idea://open?file={file}&line={line}',
      }),
      start({ NODE_OPTIONS: `--inspect=0 --require "${DEBUGGED_ROUTES}"` }),
    ]);
    [, pin = ''] = /Debugger PIN: (\S+)/.exec(app.output.join('\n')) ?? [];
    susan = app.visitor();
    await susan.register('susan');
    await susan.signIn('susan');
    await (await DebuggerPage.open(susan, '/console')).enterPin(pin);
  });
  afterAll(async () => {
    const started = await Promise.allSettled(starts);
    await Promise.all(
      started.map((each) => (each.status === 'fulfilled' ? each.value.stop() : Promise.resolve())),
    );
    await Promise.all(databases.map((each) => each.drop()));
    rmSync(directory, { recursive: true });
  });

  /** What throws may cost in a time is bounded; nobody looks at so many errors at once. */
  const open = async (path: string, headers: Record<string, string> = {}) => {
    await sleep(50);
    return DebuggerPage.open(susan, path, headers);
  };
  const get = (path: string, accept: string) => susan.get(path, { Accept: accept });
  const logFile = () => readFileSync(join(directory, 'microblog.log'), 'utf8');
  /** The line of TypeScript on which a text stands. */
  const lineOf = (file: string, text: string) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;
  /** A form whose handler fails with a password in its hands. */
  const registerLost = async (password: string, accept: string) => {
    const visitor = app.visitor();
    visitor.cookies.set('microblog_debugger_pin', susan.cookies.get('microblog_debugger_pin') ?? '');
    const csrf_token = await visitor.csrfToken('/register');
    await sleep(50);
    const fields = {
      username: 'misplaced',
      email: 'misplaced@example.com',
      password,
      password2: password,
      csrf_token,
    };
    const answer = await visitor.send('/register', {
      method: 'POST',
      headers: { Accept: accept },
      body: new URLSearchParams(fields),
    });
    return DebuggerPage.of(visitor, answer);
  };

  describe('at the start', () => {
    it('says in the terminal that debug mode is on, where, that it is dangerous, and the PIN', () => {
      const banner = app.output.join('\n');
      expect(banner).toContain(`Debug mode is on at ${app.url}`);
      expect(banner).toContain(`${app.url}/console`);
      expect(banner).toContain('Never use it in production');
      expect(pin).toMatch(/^\d{3}-\d{3}-\d{3}$/);
    });

    it('makes the same PIN again on the same machine', () => {
      expect(inspected.output.join('\n')).toContain(pin);
    });

    it('keeps the PIN out of the log file and the JSON lines', async () => {
      await open('/debugged/chain');
      await inspected.visitor().get('/debugged/chain');
      const json = inspected.output.filter((line) => line.startsWith('{')).join('\n');
      for (const log of [logFile(), json]) {
        expect(log).toContain('no such shelf');
        expect(log).not.toContain(pin);
        expect(log).not.toContain(pin.replaceAll('-', ''));
      }
    });

    it('says the PIN once more in the terminal when somebody opens a console without it', async () => {
      const said = () => inspected.output.filter((line) => line.includes(pin)).length;
      const before = said();
      await inspected.visitor().get('/console');
      await until(() => said() === before + 1);
    });
  });

  describe('GET /debugged/chain, an error with causes', () => {
    it('is answered with 500 and a page of HTML that nobody keeps', async () => {
      const { answer, reference } = await open('/debugged/chain');
      expect(answer.status).toBe(500);
      expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(reference).toMatch(REFERENCE);
      expect(answer.body).toContain(reference);
    });

    it('shows what the message says, not what its markup does', async () => {
      const { answer, page } = await open('/debugged/chain');
      expect(page.querySelector('h1')?.text).toBe(
        'StorageError: The <b>shelf</b> & "its" books <script>alert(1)</script>',
      );
      expect(page.querySelector('h1 b')).toBeNull();
      expect(answer.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page.querySelectorAll('script:not([src])')).toEqual([]);
    });

    it('shows the oldest cause first, and what led to what', async () => {
      const { page } = await open('/debugged/chain');
      const order = page.querySelectorAll('#frames h3, #frames .cause').map(({ text }) => text.trim());
      expect(order).toEqual([
        'Error: no such shelf',
        CAUSE,
        'TypeError: poetry cannot be read',
        CAUSE,
        expect.stringContaining('StorageError: The <b>shelf</b>'),
      ]);
      expect(page.querySelector('#frames .details')?.text).toContain('code: ENOSHELF');
    });

    it('has variables in the frames of each error of the chain', async () => {
      const { frames } = await open('/debugged/chain');
      const own = frames.filter(({ isFolded }) => !isFolded);
      expect(own.map((frame) => [frame.function, 'this' in frame.scopes])).toEqual([
        ['readShelf', true],
        ['DebuggedController.chain', true],
        ['readShelf', true],
        ['DebuggedController.chain', true],
        ['DebuggedController.chain', true],
      ]);
    });

    it('has the plain text in a comment, and on the page for a click', async () => {
      const { answer, page, reference } = await open('/debugged/chain');
      const text = page.querySelector('#plain-text')?.text ?? '';
      const [, comment] = /<!--\n([^]*)\n-->/.exec(answer.body) ?? [];
      for (const each of [text, comment]) {
        expect(each).toContain(`GET /debugged/chain answered 500, reference ${reference}`);
        expect(each).toMatch(/Error: no such shelf[^]*TypeError: poetry[^]*StorageError: The <b>shelf/);
        expect(each).toContain(CAUSE);
        expect(each).toContain('at readShelf (test/support/debugged-routes.cjs:');
      }
    });

    it('is in the log too, with its causes, under the same reference', async () => {
      const { reference } = await open('/debugged/chain');
      const [, entry = ''] = logFile().split(reference);
      expect(entry).toContain('StorageError: The <b>shelf</b>');
      expect(entry).toContain('caused by TypeError: poetry cannot be read');
      expect(entry).toContain('caused by Error: no such shelf');
      expect(entry).toContain('at readShelf (test/support/debugged-routes.cjs:');
    });

    it('links to the page that visitors see', async () => {
      const { page } = await open('/debugged/chain');
      const link = page.querySelectorAll('a').find(({ text }) => text === 'The page that visitors see');
      const visitors = await get(link?.getAttribute('href') ?? '', 'text/html');
      expect(visitors.status).toBe(500);
      expect(visitors.page.querySelector('nav')).not.toBeNull();
      expect(visitors.text).toContain('An unexpected error has occurred');
      expect(visitors.body).not.toContain('debugger-secret');
    });
  });

  describe('GET /user/:username, failing in a service', () => {
    const file = 'src/users/users.service.ts';
    const text = 'this.byUsernameKey.one({ key';

    it('has the names and lines of the TypeScript', async () => {
      const page = await open('/user/lost');
      expect(page.page.querySelector('h1')?.text).toBe(
        "TypeError: Cannot read properties of undefined (reading 'one')",
      );
      expect(page.frame('UsersService.findByUsername').place).toBe(`${file}:${lineOf(file, text)}`);
      const controller = 'src/profile/profile.controller.ts';
      expect(page.frame('ProfileController.show').place).toBe(
        `${controller}:${lineOf(controller, 'findByUsername(')}`,
      );
    });

    it('shows five lines of source on each side, with the current one marked', async () => {
      const { source } = (await open('/user/lost')).frame('UsersService.findByUsername');
      const line = lineOf(file, text);
      const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
      expect(source).toEqual(
        Array.from({ length: 11 }, (_, index) => ({
          number: line - 5 + index,
          text: lines[line - 6 + index],
          isCurrent: index === 5,
        })),
      );
    });

    it('opens the frames of the project, and folds those of libraries and Node', async () => {
      const { frames } = await open('/user/lost');
      const isLibrary = ({ place }: { place: string }) => !/^(?:src|test)\//.test(place);
      const [libraries, own] = [frames.filter(isLibrary), frames.filter((frame) => !isLibrary(frame))];
      expect(libraries.length).toBeGreaterThan(0);
      expect(own.length).toBeGreaterThanOrEqual(3);
      for (const frame of libraries) expect(frame).toMatchObject({ isFolded: true, isOpen: false });
      for (const { isFolded } of own) expect(isFolded).toBe(false);
      const typescript = own.filter(({ place }) => place.startsWith('src/'));
      for (const { isOpen } of typescript) expect(isOpen).toBe(true);
    });

    it('leads to the editor that is set, and to that of VS Code otherwise', async () => {
      const path = encodeURI(join(ROOT, file));
      const line = lineOf(file, text);
      const frame = (await open('/user/lost')).frame('UsersService.findByUsername');
      expect(frame.editorUrl).toBe(`idea://open?file=${path}&line=${line}`);
      const visitor = inspected.visitor();
      const { frames } = await DebuggerPage.open(visitor, '/debugged/logged');
      const cjs = join(ROOT, 'test/support/debugged-routes.cjs');
      expect(frames[0]?.editorUrl).toMatch(new RegExp(`^vscode://file${cjs}:\\d+:\\d+$`));
    });

    it('has the variables of both live frames, and `this`', async () => {
      const page = await open('/user/lost');
      const service = page.frame('UsersService.findByUsername').scopes;
      expect(service.Function).toMatchObject({ username: "'lost'" });
      expect(service.this?.this).toMatch(/^UsersService \{/);
      expect(service.Module).toHaveProperty('LAST_SEEN_PRECISION_MS', '60000');
      expect(Object.keys(service.Module ?? {}).join()).not.toMatch(/_user|exports|require/);
      const controller = page.frame('ProfileController.show').scopes;
      expect(controller.Function).toMatchObject({ username: "'lost'" });
      expect(controller.this?.this).toMatch(/^ProfileController \{ users: \[?UsersService/);
    });

    it('says who was signed in, which queries were run with what and how long, and the versions', async () => {
      const page = await open('/user/lost');
      expect(page.section('request')).toContain('susan');
      expect(page.section('request')).toContain('GET /user/lost');
      const rows = page.page.querySelectorAll('.queries tbody tr').map(({ text }) => text);
      const session = rows.find((row) => row.includes('"sessions"')) ?? '';
      expect(session).toMatch(/SELECT .* FROM "sessions"/);
      expect(session).toMatch(/\[ .*'?20\d\d-/);
      const time = page.page.querySelector('.queries tbody tr td.count')?.text ?? '';
      expect(Number(time)).toBeGreaterThanOrEqual(0);
      expect(time).toMatch(/\d/);
      expect(page.section('versions')).toContain(process.version);
      for (const file of ['node_modules/@nestjs/core/package.json', 'package.json']) {
        const { version } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { version: string };
        expect(page.section('versions')).toContain(version);
      }
    });

    it('runs code in the very frame, whose imports have the names of the source', async () => {
      const page = await open('/user/lost');
      const { path } = page.frame('UsersService.findByUsername');
      expect(await page.evaluate(path, "username + '!'")).toBe("'lost!'");
      expect(await page.evaluate(path, 'usernameKey(username.toUpperCase())')).toBe("'lost'");
      expect(await page.evaluate(path, 'this instanceof UsersService')).toBe('true');
    });
  });

  describe('GET /debugged/values, with a frame full of values', () => {
    const openValues = async () => {
      const page = await open('/debugged/values');
      return { page, frame: page.frame('add') };
    };

    it('has the variables of the functions around it', async () => {
      const { frame } = await openValues();
      const all = Object.assign({}, ...Object.values(frame.scopes)) as Record<string, string>;
      expect(all).toMatchObject({ amount: '1', sum: '21', count: '20', looked: '0' });
      expect(all.this).toMatch(/^DebuggedController \{/);
      const titles = Object.keys(frame.scopes);
      expect(titles[0]).toBe('this');
      expect(titles.at(-1)).toBe('Module');
    });

    it('runs nothing of a value by looking at it, nor by looking into it', async () => {
      const { page, frame } = await openValues();
      const { entries } = await page.expand(frame.handle('trap'));
      expect(entries.price).toEqual({ preview: '[Getter]', type: 'getter' });
      expect(frame.handle('watched')).toBeUndefined();
      await page.command(`${frame.path}/locals`);
      expect(await page.evaluate(frame.path, 'looked')).toBe('0');
      expect(await page.evaluate(frame.path, 'trap.price')).toBe("'looked at'");
      expect(await page.evaluate(frame.path, 'looked')).toBe('1');
    });

    it('opens deep values level by level', async () => {
      const { page, frame } = await openValues();
      const { one } = (await page.expand(frame.handle('deep'))).entries;
      expect(one?.preview).toBe('{ two: { three: [Object] } }');
      const { two } = (await page.expand(one?.handle)).entries;
      const { three } = (await page.expand(two?.handle)).entries;
      expect((await page.expand(three?.handle)).entries).toEqual({
        four: { preview: "'the deepest'", type: 'string' },
      });
    });

    it('cuts long ones, and gives the rest when it is asked for', async () => {
      const { page, frame } = await openValues();
      const shown = Object.assign({}, ...Object.values(frame.scopes)) as Record<string, string>;
      expect(shown.long?.length).toBeLessThan(300);
      expect((await page.expand(frame.handle('long'))).entries['']?.preview).toMatch(/^x{500} the end$/);
      const { list } = (await page.expand(frame.handle('deep'))).entries;
      const first = await page.expand(list?.handle);
      expect(Object.keys(first.entries)).toHaveLength(100);
      const last = await page.expand(list?.handle, 200);
      expect(last.entries['249']?.preview).toBe('249');
      expect(last.more).toBe(0);
    });

    describe('and its console', () => {
      it('assigns to a variable of the frame, and reads it again', async () => {
        const { page, frame } = await openValues();
        expect(await page.evaluate(frame.path, 'count = 40')).toBe('40');
        expect(await page.evaluate(frame.path, 'count + amount')).toBe('41');
        const { body } = await page.command(`${frame.path}/locals`);
        expect(JSON.stringify(body)).toMatch(/"name":"count","value":\{"preview":"40"/);
      });

      it('has the same variable in the frame of the function that it belongs to', async () => {
        const { page, frame } = await openValues();
        await page.evaluate(frame.path, 'count = 7');
        const outer = page.frame('DebuggedController.values');
        expect(await page.evaluate(outer.path, 'count')).toBe('7');
      });

      it('keeps what was declared from one input to the next, and the last result in `_`', async () => {
        const { page, frame } = await openValues();
        await page.evaluate(frame.path, 'const twice = (number) => number * 2');
        expect(await page.evaluate(frame.path, 'twice(sum)')).toBe('42');
        expect(await page.evaluate(frame.path, '_ + 1')).toBe('43');
      });

      it('waits for what is awaited', async () => {
        const { page, frame } = await openValues();
        expect(
          await page.evaluate(frame.path, 'await new Promise((done) => setTimeout(() => done(sum), 5))'),
        ).toBe('21');
      });

      it('says that an input is not finished', async () => {
        const { page, frame } = await openValues();
        for (const code of ['if (amount) {', '[1,', '`text'])
          expect(await page.evaluate(frame.path, code)).toEqual({ incomplete: true });
        expect(await page.evaluate(frame.path, 'if (amount) {\n  sum;\n}\nsum')).toBe('21');
      });

      it.each([
        ["throw new RangeError('mine')", 'RangeError: mine'],
        ['nobody', 'ReferenceError: nobody is not defined'],
        ["await Promise.reject(new Error('late'))", 'Error: late'],
        [')', expect.stringMatching(/^SyntaxError: /) as string],
      ])('shows what %s throws, and goes on', async (code, error) => {
        const { page, frame } = await openValues();
        expect(await page.evaluate(frame.path, code)).toEqual({ error });
        expect(await page.evaluate(frame.path, 'sum')).toBe('21');
      });

      it('costs the next error none of its variables', async () => {
        const { page, frame } = await openValues();
        for (const code of ['[1,', ')', 'nobody']) await page.evaluate(frame.path, code);
        expect((await openValues()).frame.scopes).not.toEqual({});
      });

      it('shows results as it shows variables', async () => {
        const { page, frame } = await openValues();
        const { body } = await page.command(`${frame.path}/evaluate`, { code: 'deep.one' });
        const { value } = body as { value: { handle: number } };
        expect((await page.expand(value.handle)).entries.two?.preview).toContain('three');
      });
    });
  });

  it('GET /debugged/waiting shows what was left in an await as such, without variables', async () => {
    const page = await open('/debugged/waiting');
    const thrown = page.frame('failLater');
    expect(thrown.scopes.Function).toMatchObject({ late: "'after the await'" });
    for (const name of ['DebuggedController.waitingToo', 'DebuggedController.waiting']) {
      const waited = page.frame(name);
      expect(waited.hasWaited).toBe(true);
      expect(waited.scopes).toEqual({});
      expect(waited.path).toBeUndefined();
      expect(waited.without).toMatch(/^This function waited in an await .* set a breakpoint on this line/);
    }
  });

  it('GET /debugged/logged shows what was logged, in order', async () => {
    const page = await open('/debugged/logged');
    expect(page.section('log')).toMatch(
      /Looks for the book[^]*The book is not on its shelf[^]*Error: The book is lost/,
    );
  });

  describe('POST /register, with a password', () => {
    const password = 'correct horse battery';

    it('shows the request as it came, with secrets hidden', async () => {
      const page = await registerLost(password, 'text/html');
      expect(page.answer.status).toBe(500);
      const request = page.section('request');
      expect(request).toContain('POST /register');
      expect(request).toContain('misplaced');
      expect(request).toMatch(/user-agent/i);
      expect(request).toMatch(/cookie\s*\[hidden\]/i);
      expect(request).toMatch(/password\s*\[hidden\]/);
      expect(request).toMatch(/csrf_token\s*\[hidden\]/);
      expect(request).not.toContain(password);
      expect(page.section('queries') + page.section('log')).not.toContain(password);
    });

    it('lets the developer see the variables as they are', async () => {
      const page = await registerLost(password, 'text/html');
      const { path } = page.frame('UsersService.register');
      expect(await page.evaluate(path, 'passwordHash')).toMatch(/^'\$argon2id/);
    });

    it.each(['text/markdown', 'text/plain', 'application/json'])(
      'has nothing secret in %s, which is to be passed on',
      async (type) => {
        const { answer } = await registerLost(password, type);
        expect(answer.status).toBe(500);
        expect(answer.body).toContain('UsersService.register');
        expect(answer.body).not.toContain(password);
        expect(answer.body).not.toContain('$argon2');
        const secrets = ['microblog_csrf', 'microblog_debugger_pin', 'microblog_session'].map(
          (name) => susan.cookies.get(name) ?? '',
        );
        for (const secret of secrets.filter(Boolean)) expect(answer.body).not.toContain(secret);
      },
    );

    it('has nothing secret in the Markdown that is copied', async () => {
      const page = await registerLost(password, 'text/html');
      const { body } = await susan.get(`/_debugger/errors/${page.id}.md`);
      expect(body).toContain("username = 'misplaced'");
      expect(body).toMatch(/passwordHash = .*\[hidden\]/);
      expect(body).not.toContain(password);
      expect(body).not.toContain('$argon2');
    });

    it('has nothing secret in the log', async () => {
      const { reference } = await registerLost(password, 'text/html');
      expect(logFile()).toContain(reference);
      expect(logFile()).not.toContain(password);
      expect(logFile()).not.toContain('$argon2');
    });
  });

  describe('answers in another format', () => {
    const all = [
      "Cannot read properties of undefined (reading 'one')",
      'UsersService.findByUsername',
      'src/users/users.service.ts',
      'ProfileController.show',
      'FROM "sessions"',
      process.version,
    ];

    it('text/markdown: all of it, as the page copies it', async () => {
      const answer = await get('/user/lost', 'text/markdown');
      expect(answer.status).toBe(500);
      expect(answer.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
      for (const fact of [...all, "username = 'lost'", 'ERROR']) expect(answer.body).toContain(fact);
      expect(answer.body).toMatch(/^> *\d+ \| .*byUsernameKey/m);
      const page = await open('/user/lost');
      const copied = await susan.get(`/_debugger/errors/${page.id}.md`);
      expect(copied.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
      for (const fact of [...all, page.reference]) expect(copied.body).toContain(fact);
    });

    it('*/*, as curl asks: the plain traceback', async () => {
      const answer = await get('/user/lost', '*/*');
      expect(answer.status).toBe(500);
      expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
      expect(answer.body).toContain('GET /user/lost answered 500, reference ');
      const line = lineOf('src/users/users.service.ts', 'this.byUsernameKey.one({ key');
      expect(answer.body).toContain(`  at UsersService.findByUsername (src/users/users.service.ts:${line})`);
      expect(answer.body).not.toContain('<');
    });

    it.each(['application/json', 'application/problem+json'])(
      '%s: a problem document with all of it',
      async (accept) => {
        const answer = await get('/user/lost', accept);
        expect(answer.status).toBe(500);
        expect(answer.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
        const problem = JSON.parse(answer.body) as Record<string, unknown>;
        expect(problem).toMatchObject({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
          instance: '/user/lost',
          reference: answer.headers.get('Error-Reference'),
        });
        for (const fact of [...all, 'lost'])
          expect(JSON.stringify(problem).replaceAll('\\"', '"')).toContain(fact);
      },
    );
  });

  describe('GET /console', () => {
    it('has the application, in which a service finds somebody who has registered', async () => {
      const page = await open('/console');
      expect(page.answer.status).toBe(200);
      const path = '/_debugger/console';
      expect(
        await page.evaluate(path, "const found = await app.get(UsersService).findByUsername('SUSAN')"),
      ).toBe('undefined');
      expect(await page.evaluate(path, 'found.email')).toBe("'susan@example.com'");
      expect(await page.evaluate(path, "app.get(UsersService).findByUsername('nobody_at_all')")).toContain(
        'Promise',
      );
      expect(await page.evaluate(path, 'await _')).toBe('null');
    });

    it('opens its results', async () => {
      const page = await open('/console');
      const { body } = await page.command('/_debugger/console/evaluate', {
        code: '({ shelf: { book: 1 } })',
      });
      const { value } = body as { value: { handle: number } };
      expect((await page.expand(value.handle)).entries.shelf?.preview).toBe('{ book: 1 }');
    });
  });

  it('keeps the last ten errors, and lets go of the one before them', async () => {
    const first = await open('/debugged/values');
    const { path } = first.frame('add');
    const handle = first.frame('add').handle('deep');
    for (let number = 1; number <= 9; number++) await open('/debugged/values');
    expect(await first.evaluate(path, 'sum')).toBe('21');
    await open('/debugged/values');
    const gone = [
      await first.command(`${path}/evaluate`, { code: 'sum' }),
      await first.command(`${path}/locals`),
      await first.command(`/_debugger/errors/${first.id}/values/${handle}`),
    ];
    expect(gone.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await susan.get(`/_debugger/errors/${first.id}.md`)).status).toBe(404);
  });

  it.each([
    ['GET', '/nope', 404, 'File Not Found'],
    ['PUT', '/login', 405, 'Method Not Allowed'],
  ])('%s %s is answered with %i and the page as before', async (method, path, status, headline) => {
    const answer = await susan.send(path, { method, headers: { Accept: 'text/html' } });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(headline);
    expect(answer.page.querySelector('nav')).not.toBeNull();
    expect(answer.body).not.toContain('debugger-secret');
    expect(answer.headers.get('Content-Security-Policy')).toContain("object-src 'none'");
  });

  describe('when more is broken', () => {
    it('the templates: shows which', async () => {
      const page = await open('/user/susan', { 'X-Break': 'templates' });
      expect(page.answer.status).toBe(500);
      expect(page.page.querySelector('h1')?.text).toBe('Error: The template profile is broken');
      expect(page.frame('TemplateEngine.render').place).toMatch(/^test\/support\/debugged-routes\.cjs:\d+$/);
    });

    it('what comes before the session: shows that, with its variables', async () => {
      const page = await open('/index', { 'X-Break': 'session' });
      expect(page.answer.status).toBe(500);
      expect(page.page.querySelector('h1')?.text).toBe('Error: The session cannot be read');
      expect(
        page.frames.find(({ place }) => place.startsWith('src/app.setup.ts:'))?.scopes.Function,
      ).toHaveProperty('request');
    });

    it('the database: shows that, and the console still runs', async () => {
      const visitor = inspected.visitor();
      await visitor.register('susan');
      await visitor.signIn('susan');
      expect((await visitor.get('/debugged/closeDatabase')).status).toBe(200);
      const page = await DebuggerPage.open(visitor, '/index');
      expect(page.answer.status).toBe(500);
      expect(page.secret).not.toBe('');
      expect(page.frames.some(({ place }) => place.startsWith('src/auth/session'))).toBe(true);
      const console = await DebuggerPage.open(visitor, '/console');
      await console.enterPin(pin);
      expect(await console.evaluate('/_debugger/console', '6 * 7')).toBe('42');
    });
  });

  it('leaves the variables to another debugger that is attached, and says so', async () => {
    const page = await DebuggerPage.open(inspected.visitor(), '/debugged/values');
    expect(page.answer.status).toBe(500);
    expect(page.frames.length).toBeGreaterThan(3);
    for (const frame of page.frames) expect(frame.path).toBeUndefined();
    expect(page.frame('add').without).toBe(
      'Another debugger is attached to this process, so that local variables are left to it.',
    );
    expect(inspected.output.join('\n')).toContain('Another debugger is attached to this process');
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not come to that within five seconds');
    await sleep(10);
  }
}

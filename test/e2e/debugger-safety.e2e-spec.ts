import { once } from 'node:events';
import { IncomingHttpHeaders, IncomingMessage, request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'node-html-parser';
import { createDatabase, TestDatabase } from '../support/database';
import { RunningApp } from '../support/running-app';

const DEBUGGED_ROUTES = join(__dirname, '../support/debugged-routes.cjs');
const WITNESS = join(__dirname, '../support/debugger-witness.cjs');
const PIN = '246-813-579';
const FAILING = '/debugged/chain';
/** Of that error, its source, or the debugger. */
const INTERNALS =
  /poetry|shelf|StorageError|TypeError|debugged-routes|\.[cm]?[jt]s:|node_modules|debugger|_traceback/i;
const EVALUATE = '/_debugger/console/evaluate';

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly address?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Five processes at once, on a machine that is busy with other tests. */
const START_TIMEOUT_MS = 60_000;

describe('The debugger', () => {
  const databases: TestDatabase[] = [];
  /** Also those that are still being started when another one has failed to. */
  const starts: Promise<RunningApp>[] = [];
  let app: RunningApp;
  let locking: RunningApp;
  let withoutPin: RunningApp;
  let withoutDebugMode: RunningApp;
  let production: RunningApp;
  const secrets = new Map<RunningApp, string>();
  let cookie: string;
  /** An error that the application keeps: its page, and the paths of its first frame and its first value. */
  let errorPage: Answer;
  let frame: string;
  let values: string;

  const begin = async (variables: Record<string, string>, required: string[]) => {
    const database = await createDatabase();
    databases.push(database);
    const options = [DEBUGGED_ROUTES, ...required].map((file) => `--require "${file}"`).join(' ');
    return RunningApp.start({
      DATABASE_URL: database.url,
      NODE_OPTIONS: options,
      ...variables,
    });
  };
  const start = (variables: Record<string, string>, ...required: string[]) => {
    const starting = begin(variables, required);
    starts.push(starting);
    return starting;
  };
  const startDebugging = async (variables: Record<string, string>, ...required: string[]) => {
    const started = await start({ MICROBLOG_DEBUG: '1', ...variables }, ...required);
    const { body } = await send(started, '/console');
    secrets.set(
      started,
      parse(body).querySelector('meta[name=debugger-secret]')?.getAttribute('content') ?? '',
    );
    return started;
  };

  beforeAll(async () => {
    [app, locking, withoutPin, withoutDebugMode, production] = await Promise.all([
      startDebugging({ MICROBLOG_DEBUG_PIN: PIN, HOST: '0.0.0.0', TRUST_PROXY: 'true' }),
      startDebugging({ MICROBLOG_DEBUG_PIN: PIN }, WITNESS),
      startDebugging({ MICROBLOG_DEBUG_PIN: 'off', HOST: '0.0.0.0' }),
      start({ MICROBLOG_DEBUG_PIN: PIN }, WITNESS),
      start({ MICROBLOG_DEBUG_PIN: PIN, NODE_ENV: 'production' }, WITNESS),
    ]);
    cookie = cookieIn(await enterPin(app, PIN));
    errorPage = await send(app, FAILING);
    [frame = ''] = /\/_debugger\/errors\/\w+\/frames\/\d+/.exec(errorPage.body) ?? [];
    expect(frame).not.toBe('');
    values = frame.replace(/frames\/\d+$/, 'values/0');
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    const started = await Promise.allSettled(starts);
    await Promise.all(
      started.map((each) => (each.status === 'fulfilled' ? each.value.stop() : Promise.resolve())),
    );
    await Promise.all(databases.map((each) => each.drop()));
  });

  /** What a browser on this machine would send, with a difference. */
  async function send(to: RunningApp, path: string, { headers, body, ...rest }: Sent = {}): Promise<Answer> {
    const request = httpRequest({
      host: rest.address ?? '127.0.0.1',
      port: to.port,
      method: rest.method ?? 'GET',
      path,
      headers: { Host: `localhost:${to.port}`, Accept: 'text/html', ...headers },
      setHost: false,
      agent: false,
    });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  /** What the script of a page of the debugger would send, with a difference. */
  function command(
    to: RunningApp,
    path: string,
    body: unknown,
    { headers, ...rest }: Sent = {},
  ): Promise<Answer> {
    return send(to, path, {
      method: 'POST',
      headers: {
        Origin: `http://localhost:${to.port}`,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/json',
        'X-Debugger-Secret': secrets.get(to) ?? '',
        ...headers,
      },
      body: JSON.stringify(body),
      ...rest,
    });
  }

  function enterPin(to: RunningApp, pin: string, sent?: Sent): Promise<Answer> {
    return command(to, '/_debugger/pin', { pin }, sent);
  }

  /** Evaluates where the PIN is known. */
  async function valueOf(code: string): Promise<string> {
    const { body } = await command(app, EVALUATE, { code }, { headers: { Cookie: cookie } });
    return (JSON.parse(body) as { value: { preview: string } }).value.preview;
  }

  function expectOrdinaryPage({ status, headers, body }: Answer): void {
    expect(status).toBe(500);
    expect(body).toContain('An unexpected error has occurred');
    expect(body).not.toMatch(INTERNALS);
    expect(JSON.stringify(headers)).not.toMatch(INTERNALS);
  }

  describe('POST /_debugger/…', () => {
    it('evaluates for who has entered the PIN', async () => {
      for (const path of [EVALUATE, `${frame}/evaluate`]) {
        const answer = await command(app, path, { code: '6 * 7' }, { headers: { Cookie: cookie } });
        expect(answer.status).toBe(200);
        expect(JSON.parse(answer.body)).toEqual({ value: { preview: '42', type: 'number' } });
      }
    });

    it('evaluates nothing for who has not', async () => {
      for (const path of [EVALUATE, `${frame}/evaluate`]) {
        for (const Cookie of [
          '',
          'microblog_debugger_pin=',
          `microblog_debugger_pin=${PIN}`,
          cookie.replace(/.$/, ''),
        ]) {
          const answer = await command(app, path, { code: 'globalThis.stolen = 1' }, { headers: { Cookie } });
          expect(answer.status).toBe(403);
          expect(JSON.parse(answer.body)).toEqual({ pin: true });
        }
      }
      expect((await command(app, '/_debugger/console/values/0', {})).status).toBe(403);
      expect(await valueOf('typeof stolen')).toBe("'undefined'");
    });

    it.each<[string, () => string]>([
      ['none', () => ''],
      ['another one', () => 'x'.repeat(43)],
      ['that of another process', () => secrets.get(withoutPin) ?? ''],
    ])("does nothing without this process's secret: %s", async (_what, secret) => {
      const headers = { Cookie: cookie, 'X-Debugger-Secret': secret() };
      const paths = [EVALUATE, `${frame}/evaluate`, `${frame}/locals`, values, '/_debugger/console/values/0'];
      for (const path of [...paths, '/_debugger/pin']) {
        const answer = await command(app, path, { code: 'globalThis.stolen = 2', pin: PIN }, { headers });
        expect(answer.status).toBe(403);
        expect(answer.headers).not.toHaveProperty('set-cookie');
      }
      expect(await valueOf('typeof stolen')).toBe("'undefined'");
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
      'answers 415 to %j, which a form of another site could send',
      async (type) => {
        const headers = { Cookie: cookie, 'Content-Type': type };
        for (const path of [EVALUATE, `${frame}/evaluate`, '/_debugger/pin'])
          expect((await command(app, path, { code: 'globalThis.stolen = 3' }, { headers })).status).toBe(415);
        expect(await valueOf('typeof stolen')).toBe("'undefined'");
      },
    );

    it('cannot be had with GET', async () => {
      const headers = { Cookie: cookie, 'X-Debugger-Secret': secrets.get(app) ?? '' };
      for (const path of [EVALUATE, `${frame}/evaluate`]) {
        const answer = await send(app, `${path}?code=globalThis.stolen%3D4`, { headers });
        expect(answer.status).toBe(404);
      }
      expect(await valueOf('typeof stolen')).toBe("'undefined'");
    });
  });

  describe('POST /_debugger/pin', () => {
    it('answers a wrong PIN late, and says how many more may be wrong', async () => {
      const began = performance.now();
      const answer = await enterPin(app, '111-111-111');
      expect(performance.now() - began).toBeGreaterThanOrEqual(490);
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(JSON.parse(answer.body)).toEqual({ message: 'This PIN is wrong.', attemptsLeft: 9 });
    });

    it.each([PIN, '246813579', '246 813 579', ' 24-68 13 57-9 '])('takes the PIN as %j', async (pin) => {
      const answer = await enterPin(app, pin);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ unlocked: true });
    });

    it('sets a cookie that no script and no other site gets at, for seven days', async () => {
      const [set = ''] = (await enterPin(app, PIN)).headers['set-cookie'] ?? [];
      const [pair, ...attributes] = set.split('; ');
      expect(pair).not.toMatch(/246.?813/);
      expect(attributes).toEqual(
        expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=604800']),
      );
      expect(attributes).not.toContain('Secure');
    });

    it('sets a Secure cookie where the page came over https', async () => {
      const Origin = `https://localhost:${app.port}`;
      const [set = ''] = (await enterPin(app, PIN, { headers: { Origin } })).headers['set-cookie'] ?? [];
      expect(set.split('; ')).toContain('Secure');
    });

    it('is locked after ten wrong ones, with longer delays from the sixth, also for the right one', async () => {
      const before = cookieIn(await enterPin(locking, PIN));
      const wrong = await Promise.all(
        Array.from({ length: 10 }, (_, index) => enterPin(locking, `${index}`)),
      );
      expect(wrong.map(({ status }) => status)).toEqual(Array(10).fill(403));
      const left = wrong.map(({ body }) => (JSON.parse(body) as { attemptsLeft: number }).attemptsLeft);
      expect(left.sort((one, other) => other - one)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      const pauses = locking.output.flatMap((line) => /^Witness: a pause of (\d+) ms/.exec(line)?.[1] ?? []);
      expect(pauses).toEqual([...Array<string>(5).fill('500'), ...Array<string>(5).fill('5000')]);

      const right = await enterPin(locking, PIN);
      expect(right.status).toBe(403);
      expect(right.body).toContain('The PIN is locked after ten wrong attempts; restart the application.');
      expect(right.headers).not.toHaveProperty('set-cookie');
      expect((await command(locking, EVALUATE, { code: '1' })).status).toBe(403);
      const headers = { Cookie: before };
      expect((await command(locking, EVALUATE, { code: '1' }, { headers })).status).toBe(200);
    });

    it('is not asked for where MICROBLOG_DEBUG_PIN is off, which the terminal says', async () => {
      const answer = await command(withoutPin, EVALUATE, { code: '6 * 7' });
      expect(answer.status).toBe(200);
      expect((await send(withoutPin, '/console')).body).toMatch(/id="lock" hidden/);
      expect(withoutPin.output.join('\n')).toContain('No PIN is needed: it is turned off.');
    });

    it('takes the PIN that is set, which is printed as it was', () => {
      expect(app.output.join('\n')).toContain(`Debugger PIN: ${PIN}`);
    });
  });

  describe('of a client that may be somebody else', () => {
    const host = (Host: string): [string, () => Sent] => [`Host: ${Host}`, () => ({ headers: { Host } })];
    const origin = (Origin: string): [string, () => Sent] => [
      `Origin: ${Origin}`,
      () => ({ headers: { Origin } }),
    ];
    const refused: [string, () => Sent][] = [
      ['a peer that is not loopback', () => ({ address: foreignAddress() })],
      host('evil.example'),
      host('localhost.evil.example'),
      host('127.0.0.1.evil.example'),
      host('evil.example#.localhost'),
      host('localhost:80@evil.example'),
      host('localhost.'),
      host('192.0.2.1'),
      origin('http://evil.example'),
      origin('null'),
      origin('http://localhost:1'),
      ['X-Forwarded-For', () => ({ headers: { 'X-Forwarded-For': '127.0.0.1' } })],
      ['Forwarded', () => ({ headers: { Forwarded: 'for=127.0.0.1' } })],
      ['Via', () => ({ headers: { Via: '1.1 proxy' } })],
    ];

    describe.each(refused)('%s', (_what, sent) => {
      it('GET /console and GET /_debugger/… are refused without a word about why', async () => {
        const markdown = frame.replace(/\/frames\/\d+$/, '.md');
        for (const path of ['/console', '/_debugger/assets/debugger.js', '/_debugger/events', markdown]) {
          const answer = await send(app, path, merged({ headers: { Cookie: cookie } }, sent()));
          expect([400, 403]).toContain(answer.status);
          expect(answer.body).toBe(
            'The debugger is refused here. The terminal of the application says why.\n',
          );
        }
      });

      it('POST /_debugger/… is refused with the right secret and the right PIN', async () => {
        const asked = merged({ headers: { Cookie: cookie } }, sent());
        const body = { code: 'globalThis.stolen = 5', pin: PIN };
        for (const path of [EVALUATE, `${frame}/evaluate`, `${frame}/locals`, values, '/_debugger/pin']) {
          const answer = await command(app, path, body, asked);
          expect([400, 403]).toContain(answer.status);
          expect(answer.headers).not.toHaveProperty('set-cookie');
        }
        expect(await valueOf('typeof stolen')).toBe("'undefined'");
      });

      it(`GET ${FAILING} shows the page of visitors, with nothing of the cause`, async () => {
        for (const Accept of ['text/html', 'application/json', 'text/plain', 'text/markdown', '*/*']) {
          const answer = await send(app, FAILING, merged({ headers: { Cookie: cookie, Accept } }, sent()));
          expect(answer.status).toBe(500);
          expect(answer.body).not.toMatch(INTERNALS);
          if (Accept === 'text/html') expectOrdinaryPage(answer);
        }
      });
    });

    it('refuses a host in the request line, which would be believed more than the header', async () => {
      expect((await send(app, 'http://evil.example/console')).status).toBe(400);
      expectOrdinaryPage(await send(app, `http://evil.example${FAILING}`));
    });

    it.each(['cross-site', 'same-site'])('refuses commands of a page that is %s', async (site) => {
      const headers = { Cookie: cookie, 'Sec-Fetch-Site': site };
      expect((await command(app, EVALUATE, { code: 'globalThis.stolen = 6' }, { headers })).status).toBe(403);
      expect((await enterPin(app, PIN, { headers })).status).toBe(403);
      expect(await valueOf('typeof stolen')).toBe("'undefined'");
    });

    it.each(['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '[::1]'])(
      'takes the Host %s for this machine',
      async (name) => {
        const Host = `${name}:${app.port}`;
        expect((await send(app, '/console', { headers: { Host } })).status).toBe(200);
      },
    );

    it.each<[string, string, () => Sent, string[]]>([
      [
        'a peer',
        '/console',
        () => ({ address: foreignAddress() }),
        ['only loopback peers', 'ssh -L', 'In a container', '--network host'],
      ],
      [
        'a host',
        '/console',
        () => ({ headers: { Host: 'console.example' } }),
        ['"console.example"', 'Open http://localhost:'],
      ],
      [
        'a proxy',
        '/console',
        () => ({ headers: { 'X-Forwarded-For': '203.0.113.7' } }),
        ['x-forwarded-for', '203.0.113.7', 'Open the application itself'],
      ],
      [
        'an origin',
        '/console',
        () => ({ headers: { Origin: 'http://origin.example' } }),
        ['"http://origin.example"', 'at one address'],
      ],
      [
        'who sees the page of visitors instead',
        FAILING,
        () => ({ headers: { Host: 'failing.example' } }),
        ['"failing.example"', 'Open http://localhost:'],
      ],
    ])('tells in the terminal what was seen of %s, and what to do', async (_who, path, sent, told) => {
      await send(withoutPin, path, sent());
      const isTold = () =>
        withoutPin.output.some(
          (line) => line.includes('Refused') && told.every((each) => unescaped(line).includes(each)),
        );
      for (let times = 0; times < 50 && !isTold(); times++) await sleep(10);
      expect(isTold()).toBe(true);
    });
  });

  it('has pages that load nothing from elsewhere, run nothing inline, and are shown in no frame', async () => {
    const answers = [
      errorPage,
      await send(app, '/console'),
      await send(app, '/_debugger/assets/debugger.js'),
      await send(app, frame.replace(/\/frames\/\d+$/, '.md')),
      await command(app, `${frame}/locals`, {}),
    ];
    for (const { headers } of answers) {
      const directives = String(headers['content-security-policy']).split('; ');
      expect(directives).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ]),
      );
      expect(directives.join()).not.toMatch(/unsafe|\*|http|data:/);
      expect(headers['cache-control']).toBe('no-store');
    }
    for (const { body } of answers.slice(0, 2)) {
      const page = parse(body);
      expect(page.querySelectorAll('script:not([src]), style, [style], [onclick]')).toEqual([]);
      for (const element of page.querySelectorAll('script, link')) {
        expect(element.getAttribute('src') ?? element.getAttribute('href')).toMatch(/^\/(?!\/)/);
      }
    }
  });

  it('does not start in production', async () => {
    const { code, output } = await RunningApp.fail({ NODE_ENV: 'production', MICROBLOG_DEBUG: '1' });
    expect(code).toBe(1);
    expect(output.join('\n')).toContain(
      'MICROBLOG_DEBUG must be off when NODE_ENV=production: the debugger runs code',
    );
    expect(output.join('\n')).not.toContain('PIN');
  });

  describe.each<[string, () => RunningApp]>([
    ['without debug mode', () => withoutDebugMode],
    ['in production', () => production],
  ])('%s', (_mode, running) => {
    it.each([
      ['GET', '/console'],
      ['GET', '/_debugger/assets/debugger.js'],
      ['GET', '/_debugger/events'],
      ['GET', '/_debugger/errors/0.md'],
      ['GET', '/_errors/500'],
      ['POST', '/_debugger/pin'],
      ['POST', EVALUATE],
      ['POST', '/_debugger/errors/0/frames/0/evaluate'],
    ])('%s %s does not exist', async (method, path) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await send(running(), path, {
        method,
        ...(method === 'POST' && { headers, body: `{"pin":"${PIN}"}` }),
      });
      expect(answer.status).toBe(404);
      expect(answer.headers).not.toHaveProperty('set-cookie', expect.stringContaining('debugger'));
    });

    it(`GET ${FAILING} shows the page of visitors`, async () => {
      expectOrdinaryPage(await send(running(), FAILING));
    });

    it('loads none of its files, opens no inspector, and says nothing of it', async () => {
      await send(running(), FAILING);
      expect(await witnessed(running())).toEqual(['0 files of the debugger']);
      expect(running().output.join('\n')).not.toMatch(/Debug mode|PIN/);
    });
  });

  it('is seen by the witness where there is debug mode', async () => {
    expect(await witnessed(locking)).toEqual(
      expect.arrayContaining([
        'an inspector session',
        expect.stringMatching(/^[1-9]\d* files of the debugger$/),
      ]),
    );
  });
});

function cookieIn({ headers }: Answer): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

function merged(one: Sent, other: Sent): Sent {
  return { ...one, ...other, headers: { ...one.headers, ...other.headers } };
}

/** What was printed as JSON, as it was before. */
function unescaped(line: string): string {
  return line.replaceAll('\\"', '"');
}

/** @throws Error where this machine has none, as these tests would then prove nothing */
function foreignAddress(): string {
  const networks = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const network = networks.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!network) throw new Error('This machine has no IPv4 address but loopback, from which to be a stranger');
  return network.address;
}

/** What the witness has said, delays aside, once it has been asked for the files. */
async function witnessed(app: RunningApp): Promise<string[]> {
  const said = () => app.output.flatMap((line) => /^Witness: (?!a pause)(.*)/.exec(line)?.[1] ?? []);
  app.signal('SIGUSR2');
  for (let times = 0; times < 200 && !said().some((line) => line.includes('files')); times++) await sleep(10);
  return said();
}

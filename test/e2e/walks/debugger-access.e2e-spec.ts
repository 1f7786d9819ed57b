import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'node-html-parser';
import { parseEnvironment } from '../../../src/config/environment';
import { createDatabase, TestDatabase } from '../../support/database';
import { RunningApp } from '../../support/running-app';

const DEBUGGED_ROUTES = join(__dirname, '../../support/debugged-routes.cjs');
const SILENT_PROXY = join(__dirname, '../../support/silent-proxy.cjs');
const PIN = '246-813-579';
/** Letters alone, so that nothing hides them for their shape. */
const SECRET_KEY = 'canarykey and a long one of thirty-two characters';
const CANARY = 'canarycanary';
const FORMATS = [
  'text/html',
  'text/markdown',
  'text/plain',
  'application/json',
  'application/problem+json',
  '*/*',
];
/** Of the error, of its source, and of the file that it is in. */
const INTERNALS = /Signed with|debugged-routes|DebuggedController|\.cjs|innocent/;
const PROXY_HEADERS = [
  ...[
    'Forwarded',
    'Via',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded',
    'X-Real-IP',
  ],
  ...[
    'X-Client-IP',
    'Client-IP',
    'True-Client-IP',
    'X-Cluster-Client-IP',
    'Fastly-Client-IP',
    'Fly-Client-IP',
  ],
  ...['CF-Connecting-IP', 'CF-Ray', 'CDN-Loop', 'X-Envoy-External-Address', 'X-Envoy-Attempt-Count'],
  ...[
    'X-Azure-ClientIP',
    'X-Appengine-User-IP',
    'X-Amzn-Trace-Id',
    'X-Original-Forwarded-For',
    'X-ProxyUser-Ip',
  ],
  ...['WL-Proxy-Client-IP', 'Proxy-Connection', 'X-Vercel-Id', 'Tailscale-User-Login', 'X-Nginx-Proxy'],
];

interface Exit {
  readonly method: string;
  readonly path: string;
  readonly accept: string;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

describe('The debugger', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let proxy: ChildProcess;
  let proxyPort: number;
  /** Of the process, for its pages; whoever reads a page has it. */
  let secret: string;
  let exits: Exit[];
  let routes: string[];

  beforeAll(async () => {
    database = await createDatabase();
    app = await RunningApp.start({
      DATABASE_URL: database.url,
      MICROBLOG_DEBUG: '1',
      MICROBLOG_DEBUG_PIN: PIN,
      SECRET_KEY,
      CANARY,
      NODE_OPTIONS: `--require "${DEBUGGED_ROUTES}"`,
    });
    proxy = spawn(process.execPath, [SILENT_PROXY, String(app.port)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [printed] = proxy.stdout ? ((await once(proxy.stdout, 'data')) as [Buffer]) : [''];
    proxyPort = Number(String(printed));
    const { body } = await ask({ method: 'GET', path: '/debugged/secrets', accept: 'text/html' });
    const page = parse(body);
    secret = page.querySelector('meta[name=debugger-secret]')?.getAttribute('content') ?? '';
    const id = page.querySelector('main')?.getAttribute('data-values')?.split('/')[3] ?? '';
    expect(id).not.toBe('');
    const answer = await ask({ method: 'GET', path: '/debugged/routes', accept: 'application/json' });
    routes = JSON.parse(answer.body) as string[];
    exits = [
      ...['/debugged/secrets', '/debugged/chain', '/debugged/waiting'].flatMap((path) =>
        FORMATS.map((accept) => ({ method: 'GET', path, accept })),
      ),
      ...routes.map((route) => exitAt(route, id)),
    ];
  });
  afterAll(async () => {
    proxy.stdin?.end();
    await once(proxy, 'exit');
    await app.stop();
    await database.drop();
  });

  /** With the parameters of this error, its first frame and its first value. */
  function exitAt(route: string, id: string): Exit {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.startsWith('/^')
      ? `/_debugger/errors/${id}.md`
      : pattern
          .replace(':id', id)
          .replace(/:number|:handle/, '0')
          .replace(':name', 'debugger.js');
    return { method, path: path.replace('*path', 'nothing'), accept: '*/*' };
  }

  /** As a page of the debugger would, or its script. */
  async function ask({ method, path, accept }: Exit, headers: Record<string, string> = {}, port = app.port) {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: {
        Host: `localhost:${app.port}`,
        Accept: accept,
        ...(method === 'POST' && { 'Content-Type': 'application/json', 'X-Debugger-Secret': secret }),
        ...headers,
      },
    });
    request.end(method === 'POST' ? JSON.stringify({ code: 'globalThis.stolen = 1', from: 0 }) : undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return answerOf(response);
  }

  async function answerOf(response: IncomingMessage): Promise<Answer> {
    const type = response.headers['content-type'] ?? '';
    let body = '';
    for await (const chunk of response) {
      body += String(chunk);
      // A stream of events has no end.
      if (type.startsWith('text/event-stream')) break;
    }
    return { status: response.statusCode ?? 0, type, body };
  }

  const isPageOf = (path: string) => path.startsWith('/debugged/');

  it('has exits for what there is to see, and for each of its routes', () => {
    expect(routes.length).toBeGreaterThanOrEqual(10);
    expect(exits.map(({ method, path }) => `${method} ${path}`).join('\n')).not.toMatch(/[:*]/);
  });

  describe.each(PROXY_HEADERS)('behind a proxy that sends %s', (name) => {
    it('is refused at every exit, with nothing of the error', async () => {
      const answers = await Promise.all(
        exits.filter(({ path }) => !isPageOf(path)).map((exit) => ask(exit, { [name]: '127.0.0.1' })),
      );
      for (const { status, body } of answers) {
        expect(status).toBe(403);
        expect(body).toBe('The debugger is refused here. The terminal of the application says why.\n');
      }
    });

    it('shows a failing page as visitors see it, even where the value is empty', async () => {
      for (const value of ['127.0.0.1', '']) {
        const exit = { method: 'GET', path: '/debugged/chain', accept: 'text/html' };
        const { status, body } = await ask(exit, { [name]: value });
        expect(status).toBe(500);
        expect(body).toContain('An unexpected error has occurred');
        expect(body).not.toMatch(/_debugger|debugged-routes|no such shelf/);
      }
    });
  });

  describe('behind a proxy on this machine that says nothing of itself', () => {
    it('shows nothing of an error, its source or the files at any exit before the PIN', async () => {
      for (const exit of exits) {
        const { status, body } = await ask(exit, {}, proxyPort);
        expect(body).not.toMatch(INTERNALS);
        expect(body).not.toContain(CANARY);
        if (isPageOf(exit.path)) expect(status).toBe(500);
      }
    });

    it('asks a browser for the PIN, and shows the page once it is given', async () => {
      const failing = { method: 'GET', path: '/debugged/chain', accept: 'text/html' };
      for (const path of ['/debugged/chain', '/console']) {
        const page = parse((await ask({ ...failing, path }, {}, proxyPort)).body);
        expect(page.querySelector('main[data-locked] [data-action=unlock]')).not.toBeNull();
      }
      const Cookie = await enterPin(proxyPort);
      expect((await ask(failing, { Cookie }, proxyPort)).body).toContain('debugged-routes.cjs:');
    });

    it('tells a program nothing that visitors are not told', async () => {
      for (const accept of FORMATS.slice(1)) {
        const { body } = await ask({ method: 'GET', path: '/debugged/chain', accept }, {}, proxyPort);
        expect(body).toMatch(/reference/i);
        expect(body).not.toMatch(INTERNALS);
      }
    });
  });

  describe('before the PIN, for a program that certainly asks for the developer', () => {
    const machineId = existsSync('/etc/machine-id') ? readFileSync('/etc/machine-id', 'utf8').trim() : '';
    const derived = parseEnvironment({ SECRET_KEY }).secrets;
    const secrets = [SECRET_KEY, 'canarykey', CANARY, PIN, PIN.replaceAll('-', ''), ...derived, machineId];
    const bytes = [SECRET_KEY, CANARY].flatMap((text) => [
      Buffer.from(text).toString('base64').slice(0, 12),
      Buffer.from(text).toString('hex').slice(0, 12),
      Buffer.from(text.slice(0, 6))
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
    ]);

    it('shows the error, and none of its secrets, at any exit', async () => {
      for (const exit of exits) {
        const { status, body } = await ask(exit);
        for (const each of [...secrets, ...bytes].filter(Boolean)) expect(body).not.toContain(each);
        if (isPageOf(exit.path)) {
          expect(status).toBe(500);
          expect(body).toContain('debugged-routes.cjs');
        }
      }
    });

    it('evaluates nothing, and opens no value', async () => {
      for (const exit of exits.filter(({ method, path }) => method === 'POST' && !path.endsWith('/pin'))) {
        const { status, body } = await ask(exit);
        if (exit.path.endsWith('/nothing')) expect(status).toBe(404);
        else expect([status, body]).toEqual([403, '{"pin":true}']);
      }
    });

    it('shows the values once the PIN is given', async () => {
      const Cookie = await enterPin(app.port);
      const failing = { method: 'GET', path: '/debugged/secrets', accept: 'text/html' };
      const shownUser = async () =>
        parse((await ask(failing, { Cookie })).body).querySelector('[data-name="user"]')?.text;
      let user = await shownUser();
      // The many errors before may have used up what pauses may cost; a developer loads the page again.
      for (let again = 0; again < 20 && user === undefined; again++) {
        await setTimeout(100);
        user = await shownUser();
      }
      expect(user).toContain(CANARY);
    });
  });

  async function enterPin(port: number): Promise<string> {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/_debugger/pin',
      agent: false,
      headers: {
        Host: `localhost:${app.port}`,
        'Content-Type': 'application/json',
        'X-Debugger-Secret': secret,
      },
    });
    request.end(JSON.stringify({ pin: PIN }));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    return response.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }
});

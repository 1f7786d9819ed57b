import { once } from 'node:events';
import {
  IncomingHttpHeaders,
  IncomingMessage,
  Server,
  createServer,
  request as httpRequest,
} from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import express from 'express';
import { LiveFrames } from '../frames/live-frames';
import { DebuggerOptions } from '../options';
import { DebuggerAccess } from './debugger-access';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const PIN = '123-456-789';
const DAY = 24 * 60 * 60 * 1_000;
const FOREIGN_ADDRESS = Object.values(networkInterfaces())
  .flat()
  .find((network) => network?.family === 'IPv4' && !network.internal)?.address;

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly address?: string;
  /** `Host` comes with it unless this has one; of several values each is a header of its own. */
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function accessWith(options: Partial<DebuggerOptions> = {}): DebuggerAccess {
  return new DebuggerAccess(
    { application: { name: 'Example' }, secretKey: 'catcatcat', pin: PIN, ...options },
    new LiveFrames(),
  );
}

/** As the debugger's routes are, behind an Express that believes every proxy. */
function serve(access: () => DebuggerAccess): Server {
  const app = express().set('trust proxy', true);
  app.use((request, response, next) => access().checkOrigin(request, response, next));
  app.get('/page', (_request, response) => void response.send('page'));
  app.get('/seen', (request, response) => void response.json(access().allows(request)));
  app.use(express.json(), (request, response, next) => access().checkSecret(request, response, next));
  app.post('/_debugger/pin', (request, response, next) => access().enterPin(request, response, next));
  app.use((request, response, next) => access().checkPin(request, response, next));
  app.post('/run', (_request, response) => void response.send('run'));
  return createServer({ requireHostHeader: false }, app);
}

describe('DebuggerAccess', () => {
  let access: DebuggerAccess;
  let server: Server;
  let port: number;
  let host: string;
  let warn: jest.SpyInstance;

  beforeAll(async () => {
    server = serve(() => access).listen(0, '0.0.0.0');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    host = `localhost:${port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    access = accessWith();
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });
  afterEach(() => jest.restoreAllMocks());

  async function send({
    method = 'GET',
    path = '/page',
    address = '127.0.0.1',
    ...rest
  }: Sent): Promise<Answer> {
    const headers = { Host: host, ...rest.headers };
    const request = httpRequest({ host: address, port, method, path, headers, setHost: false, agent: false });
    request.end(rest.body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  /** As the debugger's own page sends a command. */
  function command(path: string, body: unknown = {}, headers: Sent['headers'] = {}): Promise<Answer> {
    return send({
      method: 'POST',
      path,
      headers: {
        Origin: `http://${host}`,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/json',
        'X-Debugger-Secret': access.secret,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }

  async function cookie(): Promise<string> {
    const { headers } = await command('/_debugger/pin', { pin: PIN });
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  const logged = (): string => warn.mock.calls.map(([line]) => String(line)).join('\n');

  describe('the host', () => {
    it.each([
      'localhost',
      'localhost:3000',
      'LOCALHOST:1',
      'app.localhost',
      'a.b.localhost:80',
      '127.0.0.1:3000',
      '[::1]:3000',
    ])('may be %s', async (Host) =>
      expect(await send({ headers: { Host } })).toMatchObject({ status: 200, body: 'page' }),
    );

    it.each([
      'evil.com',
      'localhost.evil.com',
      'evillocalhost',
      '127.0.0.1.evil.com',
      'localhost@evil.com',
      'evil.com@localhost',
      'evil.com#.localhost',
      'evil.com/.localhost',
      'localhost:80@evil.com',
      'localhost:',
      'localhost:x',
      'localhost.',
      '.localhost',
      'localhost, evil.com',
      '127.0.0.2',
      '0.0.0.0',
      '2130706433',
      '[::]',
      '::1',
      '',
    ])('must not be %j', async (Host) => {
      const body = 'The debugger is refused here. The terminal of the application says why.\n';
      expect(await send({ headers: { Host } })).toMatchObject({ status: 400, body });
    });

    it('must not be missing', async () => {
      expect(await sendRaw('GET /page HTTP/1.1')).toMatch(/^HTTP\/1.1 400 [^]*The debugger is refused here/);
    });

    it('must not be there twice', async () => {
      expect(await sendRaw('GET /page HTTP/1.1', `Host: ${host}`, 'Host: evil.com')).toMatch(
        /^HTTP\/1.1 400 /,
      );
    });

    it('must not be in the request line', async () => {
      expect(await sendRaw('GET http://evil.com/page HTTP/1.1', `Host: ${host}`)).toMatch(
        /^HTTP\/1.1 400 [^]*The debugger is refused here/,
      );
    });

    it('is named in the terminal, and not in the answer', async () => {
      const { headers, body } = await send({ headers: { Host: 'evil.com' } });
      expect(logged()).toContain(`the host "evil.com"`);
      expect(logged()).toContain(`Open http://localhost:${port}`);
      expect(body).not.toContain('evil');
      expect(headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
      });
    });
  });

  describe('the origin', () => {
    it.each(['http', 'https'])('may be that of the page itself, at %s', async (scheme) => {
      expect(await send({ headers: { Origin: `${scheme}://${host}` } })).toMatchObject({ status: 200 });
    });

    it.each([
      () => 'http://evil.com',
      () => 'null',
      () => '',
      () => 'http://localhost',
      () => 'http://localhost:1',
      () => `http://127.0.0.1:${port}`,
      () => `http://a.${host}`,
      () => `http://${host}/`,
      () => `http://${host}@evil.com`,
      () => `ftp://${host}`,
      () => host,
      () => `http://${host}, http://evil.com`,
    ])('must not be another one (%#)', async (origin) => {
      expect(await send({ headers: { Origin: origin() } })).toMatchObject({ status: 403 });
      expect(logged()).toContain('Refused the debugger to the origin');
    });

    it('must not be there twice', async () => {
      const { status } = await send({ headers: { Origin: [`http://${host}`, 'http://evil.com'] } });
      expect(status).toBe(403);
    });

    it.each(['cross-site', 'same-site', 'whatever'])('of what changes something is not %s', async (site) => {
      expect(await command('/run', {}, { 'Sec-Fetch-Site': site })).toMatchObject({ status: 403 });
      expect(logged()).toContain(`"${site}"`);
    });

    it('lets a link from elsewhere lead to a page', async () => {
      expect(await send({ headers: { 'Sec-Fetch-Site': 'cross-site' } })).toMatchObject({ status: 200 });
    });

    it('is given no permission when it asks for one', async () => {
      const asked = {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-debugger-secret',
      };
      const answer = await send({
        method: 'OPTIONS',
        path: '/run',
        headers: { Origin: 'http://localhost:1', ...asked },
      });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    });
  });

  describe('the peer', () => {
    const foreign = FOREIGN_ADDRESS === undefined ? it.skip : it;

    foreign('must be on this machine, whatever it says of itself', async () => {
      const headers = { 'X-Forwarded-For': '127.0.0.1' };
      expect(await send({ address: FOREIGN_ADDRESS })).toMatchObject({ status: 403 });
      expect(await send({ address: FOREIGN_ADDRESS, headers })).toMatchObject({ status: 403 });
    });

    foreign('is named in the terminal, with what to do', async () => {
      await send({ address: FOREIGN_ADDRESS });
      expect(logged()).toContain(
        `Refused the debugger to ${FOREIGN_ADDRESS}: only loopback peers may use it.`,
      );
      expect(logged()).toContain(`ssh -L ${port}:127.0.0.1:${port} `);
      expect(logged()).toContain('--network host');
    });

    it.each(['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded', 'Forwarded', 'X-Real-IP', 'Via'])(
      'must not be a proxy, which sends %s',
      async (name) => {
        expect(await send({ headers: { [name]: '127.0.0.1' } })).toMatchObject({ status: 403 });
        expect(logged()).toContain(`${name.toLowerCase()}": "127.0.0.1"`);
      },
    );

    it('must not be a proxy that sends nothing of itself, as nginx by default', async () => {
      expect(await sendRaw('GET /page HTTP/1.0', `Host: ${host}`)).toMatch(
        /^HTTP\/1.1 403 [^]*The debugger is refused here/,
      );
    });
  });

  describe('the terminal', () => {
    it('is told the same thing once a minute', async () => {
      const now = jest.spyOn(Date, 'now');
      for (const at of [0, 30_000, 59_999, 60_000]) {
        now.mockReturnValue(at);
        await send({ headers: { Host: 'evil.com' } });
      }
      expect(warn).toHaveBeenCalledTimes(2);
    });

    it('cannot be flooded with things that differ', async () => {
      for (let i = 0; i < 30; i++) await send({ headers: { Host: `${i}.evil.com` } });
      expect(warn).toHaveBeenCalledTimes(10);
    });

    it('cannot be steered by what is sent, or filled with it', async () => {
      await send({ headers: { Origin: `http://\x9b31m"\xff${'x'.repeat(5_000)}` } });
      expect(logged()).toContain('http://\\u009b31m\\"\\u00ff');
      expect(logged()).toMatch(/^[\x20-\x7e]{1,400}$/);
    });

    it('is told why an error page is not shown as the debugger', async () => {
      const request = {
        ...emptyRequest,
        headersDistinct: { host: ['evil.com'] },
        headers: { host: 'evil.com' },
      };
      expect(access.allows(request as never)).toBe(false);
      expect(access.denialFor(request as never)).toMatchObject({ status: 400 });
      expect(logged()).toContain('evil.com');
      expect(await send({ path: '/seen' })).toMatchObject({ body: 'true' });
    });
  });

  describe('the secret', () => {
    it('is another one in each process, and cannot be guessed', () => {
      expect(access.secret).toMatch(/^[\w-]{43}$/);
      expect(accessWith().secret).not.toBe(access.secret);
    });

    it.each(['', 'x', 'x'.repeat(43)])('must not be %j', async (secret) => {
      const answer = await command('/run', {}, { 'X-Debugger-Secret': secret, Cookie: await cookie() });
      expect(answer).toMatchObject({ status: 403 });
      expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) as string });
    });

    it('must come with the PIN, too', async () => {
      expect(await command('/_debugger/pin', { pin: PIN }, { 'X-Debugger-Secret': '' })).toMatchObject({
        status: 403,
      });
    });

    it.each([
      'application/x-www-form-urlencoded',
      'text/plain',
      'text/plain;application/json',
      'application/jsonp',
      '',
    ])('does not come as %j, which a form can send', async (type) =>
      expect(await command('/run', {}, { 'Content-Type': type })).toMatchObject({ status: 415 }),
    );

    it('may come with a charset', async () => {
      const type = 'application/json; charset=utf-8';
      const answer = await command('/run', {}, { 'Content-Type': type, Cookie: await cookie() });
      expect(answer).toMatchObject({ status: 200, body: 'run' });
    });
  });

  describe('the PIN', () => {
    it('is asked for', async () => {
      const answer = await command('/run');
      expect(answer).toMatchObject({ status: 403, headers: { 'cache-control': 'no-store' } });
      expect(JSON.parse(answer.body)).toEqual({ pin: true });
    });

    it('opens what it guards', async () => {
      const answer = await command('/_debugger/pin', { pin: '123 456 789' });
      expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
      expect(JSON.parse(answer.body)).toEqual({ unlocked: true });
      const Cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      expect(await command('/run', {}, { Cookie })).toMatchObject({ status: 200, body: 'run' });
    });

    it('opens nothing when it is wrong', async () => {
      const answer = await command('/_debugger/pin', { pin: '000-000-000' });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(JSON.parse(answer.body)).toEqual({ message: 'This PIN is wrong.', attemptsLeft: 9 });
    });

    it.each([{}, [], { pin: 123456789 }, { pin: [PIN] }, { pin: { length: 9 } }])(
      'is text, not %j',
      async (body) => expect(await command('/_debugger/pin', body)).toMatchObject({ status: 400 }),
    );

    it('is locked after ten wrong ones that come at once, but not for those who had entered it', async () => {
      const Cookie = await cookie();
      const pins = Array.from({ length: 12 }, () => command('/_debugger/pin', { pin: '000-000-000' }));
      const left = (await Promise.all(pins)).map(
        ({ body }) => (JSON.parse(body) as { attemptsLeft: number }).attemptsLeft,
      );
      expect(left.sort((a, b) => a - b)).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const message = 'The PIN is locked after ten wrong attempts; restart the application.';
      const answer = await command('/_debugger/pin', { pin: PIN });
      expect(answer).toMatchObject({ status: 403, body: JSON.stringify({ message, attemptsLeft: 0 }) });
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(await command('/run')).toMatchObject({ status: 403, body: JSON.stringify({ message }) });
      expect(await command('/run', {}, { Cookie })).toMatchObject({ status: 200 });
    });

    it('is not asked for where it is off', async () => {
      access = accessWith({ pin: false });
      expect(access.needsPin).toBe(false);
      expect(await command('/run')).toMatchObject({ status: 200 });
      expect(await command('/_debugger/pin', { pin: '' })).toMatchObject({ status: 200 });
    });

    it('is not to be seen by looking at what guards it', async () => {
      await cookie();
      expect(inspect(access, { depth: 10, showHidden: true })).not.toMatch(/123.?456/);
    });
  });

  describe('the cookie', () => {
    it('is out of reach for scripts and other sites, and goes after seven days', async () => {
      const { headers } = await command('/_debugger/pin', { pin: PIN });
      const [name, ...attributes] = headers['set-cookie']?.[0]?.split('; ') ?? [];
      expect(name).toMatch(/^example_debugger_pin=\d+\.[\w-]{43}$/);
      expect(attributes).toEqual(
        expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=604800']),
      );
      expect(attributes).not.toContain('Secure');
    });

    it('goes over https only where the page does', async () => {
      const { headers } = await command('/_debugger/pin', { pin: PIN }, { Origin: `https://${host}` });
      expect(headers['set-cookie']?.[0]).toMatch(/; Secure(;|$)/);
    });

    it.each([
      ['7 days less a moment', 7 * DAY - 1, 200],
      ['7 days', 7 * DAY, 403],
      ['a time that is still to come', -1, 403],
    ])('says the server, not the browser, is valid or not after %s', async (_age, age, status) => {
      const now = Date.now();
      const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
      const Cookie = await cookie();
      clock.mockReturnValue(now + age);
      expect(await command('/run', {}, { Cookie })).toMatchObject({ status });
    });

    it('stays valid when the application is started again', async () => {
      const Cookie = await cookie();
      access = accessWith({ pin: '123456789' });
      expect(await command('/run', {}, { Cookie })).toMatchObject({ status: 200 });
    });

    it.each<Record<string, string>>([{ pin: '123-456-780' }, { secretKey: 'dogdogdog' }])(
      'is not valid any more with %j',
      async (variables) => {
        const Cookie = await cookie();
        access = accessWith(variables);
        expect(await command('/run', {}, { Cookie })).toMatchObject({ status: 403 });
      },
    );

    it.each([
      (value: string) => value.replace('=', '=1'),
      (value: string) => value.slice(0, -1),
      (value: string) => `${value}x`,
      (value: string) => value.replace('example_debugger_pin', 'example_debugger_pin2'),
      (value: string) => value.replace(/\..*/, '.'),
      () => 'example_debugger_pin=',
      () => `example_debugger_pin=${PIN}`,
    ])('cannot be changed (%#)', async (change) => {
      expect(await command('/run', {}, { Cookie: change(await cookie()) })).toMatchObject({ status: 403 });
    });

    it('is found among others', async () => {
      const Cookie = `a=b; example_debugger_pin=old; ${await cookie()}; c`;
      expect(await command('/run', {}, { Cookie })).toMatchObject({ status: 200 });
    });
  });

  describe('the banner', () => {
    let printed: jest.SpyInstance;

    beforeEach(() => (printed = jest.spyOn(console, 'error').mockReturnValue()));

    it('tells address, danger and PIN, and tells nothing to standard output or the log', () => {
      const others = (['log', 'warn', 'debug'] as const).map((name) => jest.spyOn(Logger.prototype, name));
      const stdout = jest.spyOn(process.stdout, 'write');
      access.printBanner('http://localhost:3000');
      const banner = printed.mock.calls.flat().join('\n');
      expect(banner).toContain('Debug mode is on at http://localhost:3000');
      expect(banner).toContain('Never use it in production');
      expect(banner).toContain(`Debugger PIN: ${PIN}`);
      for (const other of [...others, stdout]) expect(other).not.toHaveBeenCalled();
    });

    it('tells the PIN again', () => {
      access.printPin();
      expect(printed.mock.calls.flat().join('\n')).toContain(PIN);
    });

    it('says that there is no PIN where it is off', () => {
      accessWith({ pin: false }).printBanner('http://localhost:3000');
      expect(printed.mock.calls.flat().join('\n')).toContain('No PIN is needed');
    });
  });

  const emptyRequest = {
    socket: { remoteAddress: '127.0.0.1', localPort: 3000 },
    originalUrl: '/',
    method: 'GET',
    httpVersion: '1.1',
  };

  /** What an HTTP client of its own would not send. */
  async function sendRaw(...lines: string[]): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.end([...lines, 'Connection: close', '', ''].join('\r\n'));
    return text(socket);
  }
});

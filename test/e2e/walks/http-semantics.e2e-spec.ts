import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { Assets } from '../../../src/rendering/assets';
import { addressOf, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { travel } from '../../support/travel';
import { Answer, Visitor } from '../../support/visitor';

const PARAMETERS = { id: '1', username: 'susan', status: '404' };
const [OWN_FILES = ''] = Assets.directories;
const FILES = [
  ...[...readdirSync(OWN_FILES), 'pico.min.css'].map((name) => `${Assets.path}/${name}`),
  ...Assets.atRoot.map(({ path }) => path),
];
const AVATAR = '/avatar/1.svg';
const NOWHERE = ['/nothing', '/static/nothing.css', '/static', '/static/', '/healthz/more'];
const MISSING = [...NOWHERE, '/user/nobody', '/avatar/x.svg'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];
/** Of an answer, what may differ in the next one. */
const OF_THE_MOMENT = ['date', 'etag', 'set-cookie', 'connection', 'keep-alive'];
const DAY = 24 * 60 * 60_000;

describe('Every address', () => {
  let app: TestApp;
  let susan: Visitor;
  let routes: Map<string, string[]>;
  let pages: string[];

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    await susan.post('/posts', { body: 'Hello' });
    routes = new Map(FILES.map((path) => [path, ['GET']]));
    for (const route of routesOf(app.nest)) {
      const address = addressOf(route, PARAMETERS);
      routes.set(address, [...(routes.get(address) ?? []), route.method]);
    }
    pages = [...routes].filter(([, methods]) => methods.includes('GET')).map(([address]) => address);
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => app.stop());

  const get = (path: string, headers: Record<string, string> = {}) => app.visitor().get(path, headers);
  /** What somebody gets who is signed in, and somebody who is not; each time with the cookies that they had at the beginning. */
  const ask = (path: string, method: string): Promise<Answer[]> =>
    Promise.all([susan.withSameCookies(), app.visitor()].map((visitor) => visitor.send(path, { method })));
  /** Sent as it is: `fetch` knows better than to send some methods and headers. */
  const sendRaw = async (method: string, path: string, headers = {}): Promise<[IncomingMessage, string]> => {
    const { hostname, port } = new URL(await app.nest.getUrl());
    const [response] = (await once(request({ hostname, port, method, path, headers }).end(), 'response')) as [
      IncomingMessage,
    ];
    return [response, await text(response)];
  };

  it('is known to this walk', () => {
    expect(pages.length).toBeGreaterThan(FILES.length + 8);
  });

  describe('asked with HEAD', () => {
    const steady = ({ status, headers }: Answer) => [
      status,
      Object.fromEntries([...headers].filter(([name]) => !OF_THE_MOMENT.includes(name))),
    ];

    it('says what it says to GET, without the body', async () => {
      for (const path of [...pages, ...MISSING]) {
        const heads = await ask(path, 'HEAD');
        expect([path, heads.map(steady)]).toEqual([path, (await ask(path, 'GET')).map(steady)]);
        expect([path, heads.map(({ body }) => body)]).toEqual([path, ['', '']]);
      }
    });

    it('sets no cookie and notes no visit, also when the session is to be prolonged', async () => {
      const kept = () => app.nest.get(DataSource).query('SELECT last_seen, expires_at FROM users, sessions');
      travel(0.7 * DAY);
      const before: unknown = await kept();
      for (const path of [...pages, ...MISSING]) {
        for (const { headers } of await ask(path, 'HEAD')) {
          expect([path, headers.getSetCookie()]).toEqual([path, []]);
        }
      }
      expect(await kept()).toEqual(before);
    });

    it('leaves the message that is shown once, and what was typed, to who sees the page', async () => {
      const john = await app.signedIn('john');
      const token = await john.csrfToken('/edit_profile');
      await john.postWithToken('/edit_profile', { username: 'john', about_me: '' }, token);
      await john.send('/edit_profile', { method: 'HEAD' });
      expect((await john.get('/edit_profile')).text).toContain('Your changes have been saved.');

      const form = await john.hiddenFields('/edit_profile');
      await john.signOut();
      const body = new URLSearchParams({ ...form, username: 'john', about_me: 'Typed too late' });
      await john.send('/edit_profile', { method: 'POST', body });
      await john.signIn('john');
      await john.send('/edit_profile', { method: 'HEAD' });
      expect((await john.get('/edit_profile')).body).toContain('Typed too late');
    });
  });

  it('answers what it is not for with 405, and says what it is for', async () => {
    for (const [path, methods] of routes) {
      const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).sort();
      for (const method of METHODS.filter((one) => !allowed.includes(one))) {
        const [{ statusCode, headers }, body] = await sendRaw(method, path);
        expect([method, path, statusCode, headers.allow]).toEqual([method, path, 405, allowed.join(', ')]);
        expect(body === '').toBe(method === 'HEAD');
      }
    }
    const [all] = await sendRaw('OPTIONS', '*');
    expect([all.statusCode, all.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('that is none is so with every method', async () => {
    for (const path of NOWHERE) {
      for (const method of METHODS) {
        const [{ statusCode, headers }] = await sendRaw(method, path);
        expect([method, path, statusCode, headers.allow]).toEqual([method, path, 404, undefined]);
      }
    }
  });

  it('is answered with a page where Node would have none', async () => {
    const exchange = async (sent: string): Promise<string> => {
      const socket = connect(Number(new URL(await app.nest.getUrl()).port), '127.0.0.1');
      socket.write(sent);
      return text(socket);
    };
    for (const path of pages) {
      expect(await exchange(`GET ${path} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 [^]*<h1>/);
      expect(await exchange(`GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 [23]/);
      const long = 'a'.repeat(17_000);
      expect(await exchange(`GET ${path}?${long} HTTP/1.1\r\n`)).toMatch(/^HTTP\/1\.1 431 [^]*<h1>/);
      expect(await exchange(`GET ${path} HTTP/1.1\r\nCookie: ${long}\r\n`)).toMatch(
        /^HTTP\/1\.1 431 [^]*<h1>/,
      );
    }
    app.log.entries.length = 0;
    await exchange('nonsense\r\n\r\n');
    expect(app.log.warnings).toEqual([expect.stringContaining('400 A request that cannot be read: HPE_')]);
    expect(app.log.errors).toEqual([]);
  });

  it('needs no more than is in the request, and refuses what it cannot do', async () => {
    for (const path of pages) {
      const [expecting, page] = await sendRaw('GET', path, { Expect: 'a miracle' });
      expect([path, expecting.statusCode, expecting.headers.connection]).toEqual([path, 417, 'close']);
      expect(page).toMatch(/^<!doctype html>/i);
      const [continued] = await sendRaw('GET', path, { Expect: '100-Continue' });
      expect(continued.statusCode).toBeLessThan(400);
    }
  });

  describe('that is a file', () => {
    it('is sent in parts where they are asked for, and 416 says how long it is', async () => {
      for (const path of FILES) {
        const whole = await get(path);
        const length = Number(whole.headers.get('Content-Length'));
        const part = await get(path, { Range: 'bytes=0-3' });
        expect([path, part.status, part.body]).toEqual([path, 206, whole.body.slice(0, 4)]);
        expect(part.headers.get('Content-Range')).toBe(`bytes 0-3/${length}`);
        const beyond = await get(path, { Range: `bytes=${length}-` });
        expect([path, beyond.status, beyond.headers.get('Content-Range')]).toEqual([
          path,
          416,
          `bytes */${length}`,
        ]);
        const changed = await get(path, { Range: 'bytes=0-3', 'If-Range': '"another"' });
        expect([path, changed.status]).toEqual([path, 200]);
      }
    });

    it.each<Record<string, string>>([
      { 'If-Match': '"another"' },
      { 'If-Unmodified-Since': new Date(0).toUTCString() },
    ])('is not sent where %j', async (condition) => {
      for (const path of FILES) expect([path, (await get(path, condition)).status]).toEqual([path, 412]);
    });

    it('says nothing of itself where an error is answered', async () => {
      for (const path of FILES) {
        for (const [name, value] of [
          ['Range', 'bytes=9999999-'],
          ['If-Match', '"another"'],
        ] as const) {
          const answer = await get(path, { [name]: value });
          for (const one of ['Last-Modified', 'Accept-Ranges']) expect(answer.headers.get(one)).toBeNull();
          expect(answer.headers.get('ETag')).not.toBe((await get(path)).headers.get('ETag'));
          expect(answer.headers.get('Cache-Control')).toBe('no-store');
        }
      }
    });
  });

  it('of a file that a page names may be kept for ever, and one of another version for a day', async () => {
    const bodies = await Promise.all(['/login', '/index', '/edit_profile'].map((path) => susan.get(path)));
    const named = bodies.flatMap(({ page }) =>
      page
        .querySelectorAll('link, script, img')
        .flatMap((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? [])
        .filter((address) => address.startsWith(Assets.path)),
    );
    expect(new Set(named).size).toBeGreaterThan(5);
    for (const address of new Set(named)) {
      const forEver = 'public, max-age=31536000, immutable';
      expect([address, (await get(address)).headers.get('Cache-Control')]).toEqual([address, forEver]);
      const [path = ''] = address.split('?');
      for (const other of [path, `${path}?v=00000000`, `${path}?v=`, `${address}&x=1`, `${address}0`]) {
        const answer = await get(other);
        expect([other, answer.status]).toEqual([other, 200]);
        expect([other, answer.headers.get('Cache-Control')]).toEqual([other, 'public, max-age=86400']);
      }
    }
  });

  it('that may be kept is not sent again, and says that it may still be kept', async () => {
    for (const path of [...FILES, AVATAR]) {
      const [{ headers }] = await sendRaw('GET', path);
      const conditions = [
        { 'If-None-Match': headers.etag },
        { 'If-None-Match': `"another", ${headers.etag}` },
        { 'If-None-Match': '*' },
        ...(path === AVATAR ? [] : [{ 'If-Modified-Since': headers['last-modified'] }]),
      ];
      for (const condition of conditions) {
        for (const method of ['GET', 'HEAD']) {
          const [answer, body] = await sendRaw(method, path, condition);
          expect([path, condition, answer.statusCode, body]).toEqual([path, condition, 304, '']);
          expect(answer.headers['cache-control']).toBe(headers['cache-control']);
          expect(answer.headers.etag).toBe(headers.etag);
        }
      }
      const [changed] = await sendRaw('GET', path, { 'If-None-Match': '"another"' });
      expect([path, changed.statusCode]).toEqual([path, 200]);
    }
  });

  it('that caches may share carries no cookie, and is the same for everybody', async () => {
    travel(0.7 * DAY);
    const shared = new Set<string>();
    for (const path of [...pages, ...MISSING]) {
      for (const { headers, status } of await ask(path, 'GET')) {
        if (!headers.get('Cache-Control')?.includes('public')) continue;
        shared.add(path);
        expect([path, status, headers.getSetCookie(), headers.get('Vary')]).toEqual([path, 200, [], null]);
      }
    }
    expect([...shared].sort()).toEqual([...FILES, AVATAR].sort());
  });

  describe('asked with a query that is as long as it may be', () => {
    const LONG = `q=${'%22'.repeat(5_000)}`;
    /** Much less than what proxies and this server take. */
    const LONGEST_LOCATION = 7_000;

    it('leads nowhere that is too long', async () => {
      for (const path of [...pages, ...MISSING]) {
        const visitor = app.visitor();
        let answer = await visitor.get(`${path}?${LONG}`);
        for (let step = 0; answer.location !== null; step += 1) {
          expect([path, answer.location.length < LONGEST_LOCATION, step < 5]).toEqual([path, true, true]);
          answer = await visitor.get(answer.location);
        }
        expect([200, 404]).toContain(answer.status);
      }
    });

    it('is still where somebody is sent who signs in, without what does not fit', async () => {
      const { location } = await get(`/edit_profile?${LONG}`);
      expect(location).toBe('/login?next=%2Fedit_profile');
      expect((await get('/?page=2')).location).toBe('/login?next=%2Findex%3Fpage%3D2');
    });

    it('does not come back from a form', async () => {
      const john = app.visitor();
      const signedIn = await john.post(
        `/login?next=${encodeURIComponent('/index?q=')}${'%22'.repeat(4_000)}`,
        {
          username: 'susan',
          password: 'a long password',
        },
      );
      expect([signedIn.status, signedIn.location]).toEqual([303, '/index']);
      await john.post('/posts', { body: 'To be deleted' });
      const { page } = await john.get('/index');
      const action = page.querySelector('form[action$="/delete"]')?.getAttribute('action') ?? '';
      const deleted = await john.post(action, { next: `/index?q=${'é'.repeat(10_000)}` });
      expect([deleted.status, deleted.location]).toEqual([303, '/index']);
    });
  });
});

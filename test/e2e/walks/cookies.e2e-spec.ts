import { readdirSync } from 'node:fs';
import { SessionsService } from '../../../src/auth/sessions.service';
import { Assets } from '../../../src/rendering/assets';
import { addressOf, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { travel } from '../../support/travel';
import { PASSWORD, Visitor } from '../../support/visitor';

const PARAMETERS = { id: '1', username: 'susan', status: '404' };
const HTTPS = { 'X-Forwarded-Proto': 'https' };
const DAY = 24 * 60 * 60_000;

/** What a cookie may be turned into by another application, an accident or an attacker. */
const JUNK = [
  '',
  'x',
  'j:1',
  'j%3A1',
  'j:{"a":1}',
  'j%3A%7B%22__proto__%22%3A%7B%7D%7D',
  'j:[',
  's:',
  's%3Ax.x',
  's%3Aj%3A1.x',
  '%00%ff%',
  '"quoted"',
  'a.b',
  `${'a'.repeat(64)}.${'b'.repeat(64)}`,
  'x'.repeat(1_000),
];

/** What other applications on the same host call theirs. */
const FOREIGN_NAMES = [
  'session',
  'csrf',
  '_csrf',
  'flash',
  'draft',
  'connect.sid',
  'constructor',
  '__proto__',
  'toString',
];

describe('Every cookie', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  afterEach(() => jest.useRealTimers());

  /** All that is set while somebody does whatever can be done here. */
  async function cookiesSetFor(visitor: Visitor, username: string): Promise<string[]> {
    const set: string[] = [];
    const send = visitor.send.bind(visitor);
    visitor.send = async (path, init) => {
      const answer = await send(path, init);
      const headers = answer.headers.getSetCookie();
      set.push(...headers);
      if (!answer.headers.get('Content-Type')?.startsWith('text/html'))
        expect([path, headers]).toEqual([path, []]);
      return answer;
    };
    await visitor.register(username);
    await visitor.signIn(username, { remember_me: 'y' });
    for (const { method, path } of routesOf(app.nest)) {
      const address = addressOf({ method, path }, { ...PARAMETERS, username });
      if (method === 'GET') await visitor.get(address);
    }
    await visitor.post('/posts', { body: 'Hello' });
    await visitor.post('/edit_profile', { username, about_me: 'Here' });
    const password = 'another password';
    await visitor.post('/change_password', { current_password: PASSWORD, password, password2: password });
    await visitor.signOut();
    await visitor.postWithToken('/posts', { body: 'Typed too late' }, 'none');
    await visitor.signIn(username, { password });
    await visitor.get('/index');
    return set;
  }

  it.each([
    ['http', {}, /^microblog_[a-z_]+=/, /^(?!.*; Secure)/],
    ['https', HTTPS, /^__Host-microblog_[a-z_]+=/, /; Secure(?:;|$)/],
  ])(
    'over %s has a name of our own and is out of reach for scripts and other sites',
    async (scheme, headers, name, secure) => {
      const set = await cookiesSetFor(app.visitor(headers), `susan_${scheme}`);
      const names = new Set(set.map((cookie) => cookie.replace(/=.*/, '').replace('__Host-', '')));
      expect([...names].sort()).toEqual(
        expect.arrayContaining(['csrf', 'draft', 'flash', 'session'].map((part) => `microblog_${part}`)),
      );
      for (const cookie of set) {
        expect(cookie).toMatch(name);
        expect(cookie).toMatch(secure);
        expect(cookie).toMatch(/; Path=\/(?:;|$)/);
        expect(cookie).toMatch(/; HttpOnly(?:;|$)/);
        expect(cookie).toMatch(/; SameSite=Lax$/);
        expect(cookie).not.toMatch(/; Domain/i);
        expect(cookie.length).toBeLessThan(4_096);
      }
    },
  );

  it('stays away from what is the same for all, for which nobody is looked up', async () => {
    const john = await app.signedIn('john');
    const find = jest.spyOn(app.nest.get(SessionsService), 'find');
    travel(0.6 * DAY);
    const files = Assets.directories.flatMap((directory) =>
      readdirSync(directory)
        .filter((name) => /^[\w-]+(?:\.min)?\.(?:css|js|svg)$/.test(name))
        .slice(0, 5),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const path of [...files.map((name) => `${Assets.path}/${name}`), '/avatar/1.svg', '/healthz']) {
      const { status, headers } = await john.get(path);
      expect([path, status, headers.getSetCookie()]).toEqual([path, 200, []]);
      expect(headers.get('Vary') ?? '').not.toContain('Cookie');
    }
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
    // The page that comes next puts off the end of the session, and of the cookie.
    const { headers } = await john.get('/index');
    expect(headers.getSetCookie().join()).toContain('microblog_session=');
  });

  it('is set by no answer that caches may share', async () => {
    const lisa = await app.signedIn('lisa');
    travel(0.6 * DAY);
    for (const route of routesOf(app.nest).filter(({ method }) => method === 'GET')) {
      const path = addressOf(route, PARAMETERS);
      const { headers } = await lisa.get(path);
      const isShared = !/private|no-store/.test(headers.get('Cache-Control') ?? '');
      if (isShared) expect([path, headers.getSetCookie()]).toEqual([path, []]);
    }
  });

  it('is none when it is junk: nothing fails, and no other cookie goes with it', async () => {
    const mary = await app.signedIn('mary');
    await mary.get('/index');
    const names = [...mary.cookies.keys(), 'microblog_flash', 'microblog_draft', '__Host-microblog_session'];
    for (const name of new Set(names)) {
      for (const junk of JUNK) {
        const browser = mary.withSameCookies();
        browser.cookies.set(name, junk);
        const isSession = name === 'microblog_session';
        const answer = await browser.get('/edit_profile');
        expect([name, junk, answer.status]).toEqual([name, junk, isSession ? 302 : 200]);
      }
    }
    expect(app.log.errors).toEqual([]);
    expect(await mary.isSignedIn()).toBe(true);
  });

  it('of another application is ignored, whatever its name and form', async () => {
    const dora = await app.signedIn('dora');
    for (const junk of JUNK) {
      for (const name of FOREIGN_NAMES) dora.cookies.set(name, junk);
      expect([junk, (await dora.post('/posts', { body: 'Still here' })).status]).toEqual([junk, 303]);
    }
    for (const name of FOREIGN_NAMES) dora.cookies.set(name, 'j:{"a":1}');
    for (const route of routesOf(app.nest).filter(({ method }) => method === 'GET')) {
      const path = addressOf(route, PARAMETERS);
      expect([path, (await dora.get(path)).status < 500]).toEqual([path, true]);
    }
    expect(app.log.errors).toEqual([]);
    expect(await dora.isSignedIn()).toBe(true);
  });
});

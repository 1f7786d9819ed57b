import { DataSource } from 'typeorm';
import { createDatabase } from '../support/database';
import { TestApp } from '../support/test-app';
import { travel } from '../support/travel';

describe('Sessions', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
    await app.visitor().register('susan');
  });
  afterAll(() => app.stop());
  afterEach(() => jest.useRealTimers());

  const sessionCookies = (headers: Headers) =>
    headers.getSetCookie().filter((cookie) => /^(?:__Host-)?microblog_session=/.test(cookie));

  const DAY = 24 * 60 * 60_000;

  describe('POST /login', () => {
    it('signs in and sends home', async () => {
      const susan = app.visitor();
      expect(await susan.signIn('susan')).toMatchObject({ status: 303, location: '/index' });
      expect((await susan.get('/index')).text).toContain('Hi, susan!');
    });

    it('takes the name in any case', async () => {
      expect((await app.visitor().signIn('SUSAN')).status).toBe(303);
    });

    it.each([
      ['a wrong password', 'susan', 'not the password'],
      ['a name that nobody has', 'nobody', 'not the password'],
      ['a name that nobody could have', '../susan', 'not the password'],
    ])('answers %s with one and the same message', async (_case, username, password) => {
      const visitor = app.visitor();
      const answer = await visitor.signIn(username, { password });
      expect(answer.status).toBe(422);
      expect(answer.page.querySelector('.errors')?.text.trim()).toBe('Invalid username or password');
      expect(answer.page.querySelector('input[name=username]')?.getAttribute('value')).toBe(username);
      expect(answer.body).not.toContain(password);
      expect(visitor.cookies.has('microblog_session')).toBe(false);
    });

    it('sets a cookie that ends with the browser, out of reach for scripts and other sites', async () => {
      const [cookie] = sessionCookies((await app.visitor().signIn('susan')).headers);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/);
      expect(cookie).not.toMatch(/Max-Age|Expires|Secure/);
    });

    it('keeps the cookie for thirty days with "remember me"', async () => {
      const [cookie] = sessionCookies((await app.visitor().signIn('susan', { remember_me: 'y' })).headers);
      expect(cookie).toMatch(/Max-Age=2592000/);
    });

    it('makes the cookie secure behind a proxy that speaks https', async () => {
      const susan = app.visitor();
      const https = { 'X-Forwarded-Proto': 'https' };
      const { page, headers } = await susan.get('/login', https);
      expect(headers.getSetCookie().join()).toMatch(/__Host-microblog_csrf=[^,]*; Path=\/; .*Secure/);
      const csrf_token = page.querySelector('input[name=csrf_token]')?.getAttribute('value') ?? '';
      const body = new URLSearchParams({ csrf_token, username: 'susan', password: 'a long password' });
      const answer = await susan.send('/login', { method: 'POST', body, headers: https });
      expect(sessionCookies(answer.headers)[0]).toMatch(/^__Host-microblog_session=.*; Path=\/; .*; Secure/);
    });

    it('begins a new session and ends the one before', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      const before = susan.withSameCookies();
      const token = await susan.csrfToken('/index');
      await susan.postWithToken('/login', { username: 'susan', password: 'a long password' }, token);
      expect(susan.cookies.get('microblog_session')).not.toBe(before.cookies.get('microblog_session'));
      expect(await susan.isSignedIn()).toBe(true);
      expect(await before.isSignedIn()).toBe(false);
    });

    it('keeps only the hash of the token', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      const cookie = decodeURIComponent(susan.cookies.get('microblog_session') ?? '');
      const [, token] = /^s:microblog_session:([\w-]+)\./.exec(cookie) ?? [];
      expect(token).toHaveLength(43);
      const rows: unknown[] = await app.nest.get(DataSource).query('SELECT * FROM sessions');
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(token);
    });

    it.each(['/user/susan?page=2', '/edit_profile', '/index#posts'])('then goes on to %s', async (next) => {
      const susan = app.visitor();
      const path = `/login?next=${encodeURIComponent(next)}`;
      expect((await susan.get(path)).text).toContain('Please log in to access this page.');
      const answer = await susan.post(path, { username: 'susan', password: 'a long password' });
      expect(answer.location).toBe(next);
    });

    it.each([
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/..//evil.example',
      'javascript:alert(1)',
      'evil.example',
      '',
    ])('never goes on to %j', async (next) => {
      const path = `/login?next=${encodeURIComponent(next)}`;
      const answer = await app.visitor().post(path, { username: 'susan', password: 'a long password' });
      expect(answer.location).toBe('/index');
    });
  });

  describe('POST /logout', () => {
    it('signs out at once: not even a stolen cookie signs in any more', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      const thief = susan.withSameCookies();
      expect(await thief.isSignedIn()).toBe(true);
      expect(await susan.signOut()).toMatchObject({ status: 303, location: '/login' });
      expect(await susan.isSignedIn()).toBe(false);
      expect(await thief.isSignedIn()).toBe(false);
    });

    it('has a page with the button', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      const { page } = await susan.get('/logout');
      expect(page.querySelector('main form[action="/logout"] button')).not.toBeNull();
      expect(await susan.isSignedIn()).toBe(true);
    });
  });

  describe('A page that needs sign-in', () => {
    it.each([
      ['/', '/login?next=%2Findex'],
      ['/index', '/login?next=%2Findex'],
      ['/?page=2', '/login?next=%2Findex%3Fpage%3D2'],
      ['/user/susan', '/login?next=%2Fuser%2Fsusan'],
    ])('sends from %s to %s', async (path, location) => {
      expect(await app.visitor().get(path)).toMatchObject({ status: 302, location });
    });

    it('does not believe a cookie that this site has not signed, or that is none', async () => {
      for (const cookie of ['x', 's%3Ax.x', 'j%3A%7B%7D', '%00', '']) {
        const mallory = app.visitor();
        mallory.cookies.set('microblog_session', cookie);
        expect(await mallory.isSignedIn()).toBe(false);
      }
    });

    it('lets a session end after a day without a visit', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      travel(DAY + 1_000);
      expect(await susan.isSignedIn()).toBe(false);
    });

    it('prolongs a session that is used', async () => {
      const susan = app.visitor();
      await susan.signIn('susan');
      for (let visit = 0; visit < 3; visit++) {
        travel(0.9 * DAY);
        expect(await susan.isSignedIn()).toBe(true);
      }
    });
  });

  it('survive a restart', async () => {
    const database = await createDatabase();
    const first = await TestApp.start({ DATABASE_URL: database.url });
    const susan = await first.signedIn('susan');
    await first.stop();
    const second = await TestApp.start({ DATABASE_URL: database.url });
    expect(await susan.withSameCookies(await second.nest.getUrl()).isSignedIn()).toBe(true);
    await second.stop();
    await database.drop();
  });
});

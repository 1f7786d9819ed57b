import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app';
import { fieldErrors, Visitor } from '../support/visitor';

describe('Profile', () => {
  let app: TestApp;
  let susan: Visitor;
  let john: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    john = await app.signedIn('john');
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const edit = (visitor: Visitor, username: string, about_me = '', more = {}) =>
    visitor.post('/edit_profile', { username, about_me, ...more });

  describe('GET /user/:username', () => {
    it('shows name, about me, last seen, when they joined and their posts', async () => {
      await edit(susan, 'susan', 'I like cats.');
      await susan.post('/posts', { body: 'A cat!' });
      const { page, text } = await john.get('/user/susan');
      expect(page.querySelector('h1')?.text).toBe('susan');
      expect(text).toContain('I like cats.');
      expect(text).toContain('A cat!');
      expect(text).toMatch(/Last seen .* ago \(\d+ \w+ \d{4}, \d\d:\d\d UTC\)/);
      expect(text).toMatch(/Joined .* ago/);
      for (const time of page.querySelectorAll('time')) {
        expect(Date.parse(time.getAttribute('datetime') ?? '')).toBeCloseTo(Date.now(), -6);
      }
    });

    it('finds the name in any case', async () => {
      expect((await john.get('/user/SuSaN')).status).toBe(200);
    });

    it.each([
      ['nobody', 404],
      ['%00', 404],
      // No UTF-8.
      ['%ED%A0%80', 400],
      ['x'.repeat(5000), 404],
      ['a%20b', 404],
      ["'%20OR%201=1", 404],
    ])('knows no %s', async (username, status) => {
      expect((await john.get(`/user/${username}`)).status).toBe(status);
    });

    it('offers to edit only the own profile', async () => {
      const link = 'a[href="/edit_profile"]';
      expect((await susan.get('/user/susan')).page.querySelector(link)).not.toBeNull();
      expect((await john.get('/user/susan')).page.querySelector(link)).toBeNull();
    });
  });

  describe('GET /avatar/:id.svg', () => {
    it('draws a picture that stays, without the help of another site', async () => {
      const { page } = await susan.get('/user/susan');
      const address = page.querySelector('.profile img')?.getAttribute('src') ?? '';
      const picture = await app.visitor().get(address);
      expect(picture.headers.get('Content-Type')).toContain('image/svg+xml');
      expect(picture.headers.get('Cache-Control')).toContain('immutable');
      expect(picture.body).toMatch(/^<svg /);
      expect((await app.visitor().get(address)).body).toBe(picture.body);
      expect((await app.visitor().get('/avatar/2.svg')).body).not.toBe(picture.body);
    });

    it('knows no number that is none', async () => {
      expect((await app.visitor().get('/avatar/susan.svg')).status).toBe(404);
    });
  });

  describe('POST /edit_profile', () => {
    it('saves, and says so', async () => {
      expect(await edit(susan, 'susan', 'Line one\r\nline two')).toMatchObject({
        status: 303,
        location: '/edit_profile',
      });
      const answer = await susan.get('/edit_profile');
      expect(answer.text).toContain('Your changes have been saved.');
      expect(answer.page.querySelector('textarea')?.innerHTML.trim()).toBe('Line one\nline two');
    });

    it('changes the name, and the person stays signed in', async () => {
      const mary = await app.signedIn('mary');
      expect((await edit(mary, 'Maria.2')).status).toBe(303);
      expect((await mary.get('/index')).text).toContain('Hi, Maria.2!');
      expect((await mary.get('/user/mary')).status).toBe(404);
    });

    it('lets the case of the own name change', async () => {
      const carol = await app.signedIn('carol');
      expect((await edit(carol, 'Carol')).status).toBe(303);
      expect((await carol.get('/index')).text).toContain('Hi, Carol!');
    });

    it('says beside the field that a name is taken, and keeps what was typed', async () => {
      const answer = await edit(susan, 'JOHN', 'typed <b>text</b>');
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({ username: ['Please use a different username.'] });
      const input = answer.page.querySelector('input[name=username]');
      expect(input?.getAttribute('value')).toBe('JOHN');
      expect(input?.getAttribute('aria-invalid')).toBe('true');
      expect(input?.getAttribute('aria-describedby')).toContain('username-errors');
      expect(answer.page.querySelector('textarea')?.textContent.trim()).toBe('typed <b>text</b>');
      expect(answer.body).not.toContain('<b>text</b>');
      expect(app.log.errors).toEqual([]);
    });

    it('does not let the body say what the original name was', async () => {
      const more = { originalUsername: 'john', 'data[originalUsername]': 'john', ['__proto__']: 'x' };
      expect(Object.keys(more)).toContain('__proto__');
      const answer = await edit(susan, 'john', '', more);
      expect(fieldErrors(answer)).toEqual({ username: ['Please use a different username.'] });
    });

    it('asks the database nothing about a name that stays, and nothing about one that cannot be', async () => {
      const queries = jest.spyOn(app.nest.get(DataSource).logger, 'logQuery');
      const lookups = () =>
        queries.mock.calls.filter(([sql]) => /SELECT .*"username_key" =/.test(sql)).length;
      await edit(susan, 'susan');
      await edit(susan, 'not a name');
      await edit(susan, 'x'.repeat(90_000));
      expect(lookups()).toBe(0);
      await edit(susan, 'john');
      expect(lookups()).toBe(1);
    });

    it.each(['x', '👍', '❤️', '👨🏻‍👩🏼‍👧🏽‍👦🏿', `z${'\u0301'.repeat(11)}`])(
      'counts about me in characters, such as %s',
      async (character) => {
        expect((await edit(susan, 'susan', character.repeat(140))).status).toBe(303);
        const answer = await edit(susan, 'susan', character.repeat(141));
        expect(fieldErrors(answer)).toEqual({ about_me: ['Shorten this by 1 character.'] });
      },
    );
  });

  describe('Last seen', () => {
    const lastSeen = async (username: string) => {
      const rows: { last_seen: unknown }[] = await app.nest
        .get(DataSource)
        .query(`SELECT last_seen FROM users WHERE username = '${username}'`);
      return String(rows[0]?.last_seen);
    };
    const seenMinutesAgo = (username: string, minutes: number) =>
      app.nest
        .get(DataSource)
        .createQueryBuilder()
        .update('users')
        .set({ lastSeen: new Date(Date.now() - minutes * 60_000) })
        .where({ username })
        .execute();

    it('is written at most once a minute, however many pages are viewed at once', async () => {
      const peter = await app.signedIn('peter');
      await seenMinutesAgo('peter', 2);
      const updates = jest.spyOn(app.nest.get(DataSource).logger, 'logQuery');
      await Promise.all(Array.from({ length: 5 }, () => peter.get('/index')));
      const seen = await lastSeen('peter');
      updates.mockClear();
      await peter.get('/index');
      await peter.get('/user/peter');
      expect(updates.mock.calls.filter(([sql]) => sql.startsWith('UPDATE'))).toEqual([]);
      expect(await lastSeen('peter')).toBe(seen);
    });

    it('is not written by somebody who is not signed in', async () => {
      const statements = jest.spyOn(app.nest.get(DataSource).logger, 'logQuery');
      for (const path of ['/', '/login', '/register', '/nope', '/healthz']) await app.visitor().get(path);
      expect(statements.mock.calls.map(([sql]) => sql)).toEqual(['SELECT name FROM migrations LIMIT 1']);
    });
  });
});

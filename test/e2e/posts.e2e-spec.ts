import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app';
import { Answer, fieldErrors, Visitor } from '../support/visitor';

describe('Posts', () => {
  let app: TestApp;
  let susan: Visitor;
  let john: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    john = await app.signedIn('john');
  });
  afterAll(() => app.stop());

  const bodies = ({ page }: Answer) => page.querySelectorAll('.post p').map((body) => body.text);
  const deleteForm = ({ page }: Answer) =>
    page.querySelector('form[action$="/delete"]')?.getAttribute('action') ?? '';

  describe('POST /posts', () => {
    it('publishes, and the newest comes first', async () => {
      expect(await susan.post('/posts', { body: 'One' })).toMatchObject({ status: 303, location: '/index' });
      await susan.post('/posts', { body: '  <script>alert(2)</script> ' });
      const answer = await john.get('/index');
      expect(bodies(answer).slice(0, 2)).toEqual(['<script>alert(2)</script>', 'One']);
      expect(answer.body).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
    });

    it.each([
      ['nothing', '', 'This field is required.'],
      ['blanks', ' \r\n ', 'This field is required.'],
      ['141 characters', 'x'.repeat(141), 'Shorten this by 1 character.'],
    ])('refuses %s, on the same page with the posts below', async (_case, body, message) => {
      await susan.post('/posts', { body: 'Still here' });
      const answer = await susan.post('/posts', { body });
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({ body: [message] });
      expect(answer.page.querySelector('textarea')?.textContent.trim()).toBe(body.trim());
      expect(bodies(answer)).toContain('Still here');
    });

    it.each(['x', '👍', '👨🏻‍👩🏼‍👧🏽‍👦🏿', 'e\u0301', '한', `z${'\u0301'.repeat(11)}`])(
      'counts %s as one, and a line break as one',
      async (character) => {
        const refused = await susan.post('/posts', { body: character.repeat(140) + '\r\n.' });
        expect(fieldErrors(refused)).toEqual({ body: ['Shorten this by 2 characters.'] });
        expect((await susan.post('/posts', { body: character.repeat(138) + '\r\n.' })).status).toBe(303);
        expect(bodies(await john.get('/index'))[0]).toBe(`${character.repeat(138)}\n.`);
      },
    );

    it.each(['x'.repeat(90_000), `z${'\u0301'.repeat(10_000)}`, 'z\u0301\u0302'.repeat(5_000)])(
      'refuses what is far too long',
      async (body) => {
        expect((await susan.post('/posts', { body })).status).toBe(422);
      },
    );

    it('tells a JSON client the same', async () => {
      const csrf_token = await susan.csrfToken('/index');
      const answer = await susan.send('/posts', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ csrf_token, body: '👨🏻‍👩🏼‍👧🏽‍👦🏿'.repeat(142) }),
      });
      expect(JSON.parse(answer.body)).toMatchObject({
        status: 422,
        errors: { body: ['Shorten this by 2 characters.'] },
      });
    });
  });

  describe('POST /posts/:id/delete', () => {
    it('deletes the own post and goes back to where it was pressed', async () => {
      await john.post('/posts', { body: 'A mistake' });
      const path = deleteForm(await john.get('/user/john'));
      expect(await john.post(path, { next: '/user/john' })).toMatchObject({
        status: 303,
        location: '/user/john',
      });
      expect(bodies(await john.get('/user/john'))).not.toContain('A mistake');
    });

    it("offers and allows nobody to delete another's", async () => {
      await john.post('/posts', { body: 'Mine' });
      expect(deleteForm(await susan.get('/user/john'))).toBe('');
      const path = deleteForm(await john.get('/user/john'));
      expect((await susan.post(path)).status).toBe(403);
      expect(bodies(await john.get('/user/john'))).toContain('Mine');
    });

    it.each(['999999', '0', '-1', '1e3', '99999999999999999999', 'x', '%00'])(
      'knows no post %s',
      async (id) => {
        expect((await susan.post(`/posts/${id}/delete`)).status).toBe(404);
      },
    );
  });

  describe('GET /index and GET /user/:username', () => {
    let writer: Visitor;

    beforeAll(async () => {
      writer = await app.signedIn('writer');
      const dataSource = app.nest.get(DataSource);
      const users: { id: number }[] = await dataSource.query(
        `SELECT id FROM users WHERE username = 'writer'`,
      );
      const posts = Array.from({ length: 60 }, (_, index) => ({
        body: `Post ${index + 1}`,
        authorId: users[0]?.id,
        createdAt: new Date(),
      }));
      await dataSource.getRepository('posts').insert(posts);
    });

    const expected = (from: number, to: number) =>
      Array.from({ length: from - to + 1 }, (_, index) => `Post ${from - index}`);
    const link = ({ page }: Answer, rel: 'prev' | 'next') =>
      page.querySelector(`a[rel=${rel}]`)?.getAttribute('href');

    it.each(['/user/writer', '/index'])('lead from page to page of %s and back', async (path) => {
      const first = await writer.get(path);
      expect(bodies(first)).toEqual(expected(60, 36));
      expect(link(first, 'prev')).toBeUndefined();
      const second = await writer.get(link(first, 'next') ?? '');
      expect(bodies(second)).toEqual(expected(35, 11));
      expect(second.text).toContain('Page 2');
      const third = await writer.get(link(second, 'next') ?? '');
      expect(bodies(third).slice(0, 10)).toEqual(expected(10, 1));
      const secondAgain = await writer.get(link(third, 'prev') ?? '');
      expect(bodies(secondAgain)).toEqual(expected(35, 11));
      const firstAgain = await writer.get(link(secondAgain, 'prev') ?? '');
      expect(bodies(firstAgain)).toEqual(expected(60, 36));
    });

    it('find a page by its bare number', async () => {
      expect(bodies(await writer.get('/user/writer?page=2'))).toEqual(expected(35, 11));
      expect(bodies(await writer.get('/user/writer?page=3'))).toEqual(expected(10, 1));
      expect(link(await writer.get('/user/writer?page=3'), 'next')).toBeUndefined();
    });

    it('neither repeat nor skip a post when others write and delete meanwhile', async () => {
      const first = await writer.get('/user/writer');
      const next = link(first, 'next') ?? '';
      await writer.post('/posts', { body: 'Breaking news' });
      expect(bodies(await writer.get(next))).toEqual(expected(35, 11));
      await writer.post(deleteForm(await writer.get('/user/writer')));
    });

    it('say so when there is nothing on a page', async () => {
      const answer = await writer.get('/user/writer?page=99');
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('There are no posts here');
      expect(link(answer, 'prev')).toBeDefined();
    });

    it.each(['0', '-1', 'x', '1.5', '', '99999999999999999999', '1e9', '%00'])(
      'take %j for a page number without harm',
      async (page) => {
        expect((await writer.get(`/index?page=${page}`)).status).toBe(200);
        expect((await writer.get(`/index?page=2&before=${page}&after=${page}`)).status).toBe(200);
        expect((await writer.get(`/index?page=2&page=3&before[x]=${page}`)).status).toBe(200);
      },
    );
  });
});

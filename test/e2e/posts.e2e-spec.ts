import { DataSource } from 'typeorm';
import { Environment } from '../../src/config/environment';
import { DeletedPosts } from '../../src/posts/deleted-posts';
import { PostsService } from '../../src/posts/posts.service';
import { User } from '../../src/users/user.entity';
import { UsersService } from '../../src/users/users.service';
import { TestApp } from '../support/test-app';
import { travel } from '../support/travel';
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

  describe('POST /posts/:id/restore', () => {
    const MINUTE = 60_000;
    const DAY = 24 * 60 * MINUTE;
    const undoForm = ({ page }: Answer) => page.querySelector('.flash form')?.getAttribute('action');
    const said = async (visitor: Visitor) =>
      (await visitor.get('/edit_profile')).page.querySelector('.flash [role=status]')?.text;
    const stored = (id: string) =>
      app.nest.get(DataSource).query<{ body: string }[]>(`SELECT body FROM posts WHERE id = ${Number(id)}`);

    /** @returns the number of the post, as in its address */
    async function writeAndDelete(body: string): Promise<string> {
      await john.post('/posts', { body });
      const path = deleteForm(await john.get('/user/john'));
      await john.post(path, { next: '/user/john' }, { from: '/edit_profile' });
      return /\d+/.exec(path)?.[0] ?? '';
    }

    afterEach(() => jest.useRealTimers());

    it('is offered with the message of the deletion, and brings the post back to its place', async () => {
      const id = await writeAndDelete('Regretted');
      await susan.post('/posts', { body: 'Later' });
      const page = await john.get('/user/john');
      expect(page.text).toContain('Your post has been deleted.');
      expect(undoForm(page)).toBe(`/posts/${id}/restore`);
      expect(undoForm(await john.get('/user/john'))).toBeUndefined();
      expect(bodies(await susan.get('/index')).slice(0, 1)).toEqual(['Later']);
      expect((await john.get(`/posts/${id}`)).status).toBe(404);

      const answer = await john.post(`/posts/${id}/restore`, { next: '/user/john' });
      expect([answer.status, answer.location]).toEqual([303, '/user/john']);
      expect(await said(john)).toBe('Your post is back.');
      expect(bodies(await susan.get('/index')).slice(0, 2)).toEqual(['Later', 'Regretted']);
      await john.post(`/posts/${id}/restore`);
      expect(await said(john)).toBe('Your post is back.');
    });

    it('says of a second deletion that it has been done', async () => {
      const id = await writeAndDelete('Deleted twice');
      expect((await john.post(`/posts/${id}/delete`)).status).toBe(303);
      expect(await said(john)).toBe('This post has already been deleted.');
    });

    it('is for the author alone', async () => {
      const id = await writeAndDelete('Gone');
      for (const verb of ['restore', 'delete']) {
        expect((await susan.post(`/posts/${id}/${verb}`)).status).toBe(403);
      }
      expect((await john.get(`/posts/${id}`)).status).toBe(404);
      expect((await john.post('/posts/999999/restore')).status).toBe(404);
    });

    it('is possible for five minutes; then any process clears the text of that post alone', async () => {
      const other = await TestApp.start({ DATABASE_URL: app.nest.get(Environment).DATABASE_URL });
      const id = await writeAndDelete('Left over from before a restart');
      travel(6 * MINUTE);
      await Promise.all([app, other].map(({ nest }) => nest.get(DeletedPosts).purge()));
      await other.stop();
      expect(await stored(id)).toEqual([{ body: '' }]);
      expect(app.log.errors).toEqual([]);
    });

    it('is too late after that, and nothing is left in the end', async () => {
      const [id, other] = [await writeAndDelete('Secret'), await writeAndDelete('Changed my mind')];
      await john.post(`/posts/${other}/restore`);
      travel(4 * MINUTE);
      await app.nest.get(DeletedPosts).purge();
      expect(await stored(id)).toEqual([{ body: 'Secret' }]);
      travel(2 * MINUTE);
      await john.post(`/posts/${id}/restore`);
      expect(await said(john)).toBe('It is too late to bring this post back.');
      await app.nest.get(DeletedPosts).purge();
      expect(await stored(id)).toEqual([{ body: '' }]);
      expect(await stored(other)).toEqual([{ body: 'Changed my mind' }]);
      await john.post(`/posts/${id}/delete`);
      expect(await said(john)).toBe('This post has already been deleted.');
      travel(31 * DAY);
      await app.nest.get(DeletedPosts).purge();
      expect(await stored(id)).toEqual([]);
      expect(await stored(other)).toHaveLength(1);
    });
  });

  describe('GET /posts/:id', () => {
    const permalink = ({ page }: Answer) =>
      page.querySelector('.post .permalink')?.getAttribute('href') ?? '';

    it('has the post alone, at the address that its time leads to', async () => {
      await john.post('/posts', { body: 'To be sent around' });
      const path = permalink(await susan.get('/user/john'));
      expect(path).toMatch(/^\/posts\/\d+$/);
      const answer = await susan.get(path);
      expect(bodies(answer)[0]).toBe('To be sent around');
      expect(answer.page.querySelectorAll('.post')).toHaveLength(1);
      expect(answer.page.querySelector('h1')?.text).toBe('Post by john');
      expect((await app.visitor().get(path)).location).toBe(`/login?next=${encodeURIComponent(path)}`);
    });

    it('is JSON for a program', async () => {
      await john.post('/posts', { body: 'For <b>programs</b>' });
      const path = permalink(await susan.get('/user/john'));
      const answer = await susan.get(path, { Accept: 'application/json' });
      expect(JSON.parse(answer.body)).toEqual({
        id: Number(path.replace('/posts/', '')),
        author: 'john',
        body: 'For <b>programs</b>',
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      });
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(answer.headers.get('Vary')).toContain('Accept');
      expect((await app.visitor().get(path, { Accept: 'application/json' })).status).toBe(401);
      const missing = await susan.get('/posts/999999', { Accept: 'application/json' });
      expect([missing.status, JSON.parse(missing.body)]).toMatchObject([404, { status: 404 }]);
    });

    it('leads home from its deletion', async () => {
      await john.post('/posts', { body: 'To be deleted here' });
      const page = await john.get(permalink(await john.get('/user/john')));
      expect(page.page.querySelector('.post input[name=next]')?.getAttribute('value')).toBe('/index');
    });

    it.each(['999999', '0', '-1', '1e3', '99999999999999999999', 'x', '%00'])(
      'knows no post %s',
      async (id) => {
        expect((await susan.get(`/posts/${id}`)).status).toBe(404);
      },
    );
  });

  describe('What people typed', () => {
    it('is shown with its links and in its direction, in a post and in a profile', async () => {
      const text = 'שלום\n\n\n\n  https://example.com/?a=<b> javascript:alert(1)';
      await john.post('/posts', { body: text });
      await john.post('/edit_profile', { username: 'john', about_me: text });
      const answer = await susan.get('/user/john');
      const shown = answer.page.querySelectorAll('.profile .body, li:first-child .post .body');
      expect(shown).toHaveLength(2);
      for (const body of shown) {
        expect(body.getAttribute('dir')).toBe('auto');
        expect(body.text).toBe('שלום\n\n  https://example.com/?a=<b> javascript:alert(1)');
        const [link, ...others] = body.querySelectorAll('a');
        expect(link?.attributes).toEqual({
          href: 'https://example.com/?a=',
          rel: 'nofollow ugc noopener',
          dir: 'ltr',
        });
        expect(others).toEqual([]);
      }
      const form = await john.get('/edit_profile');
      expect(form.page.querySelector('textarea')?.getAttribute('dir')).toBe('auto');
    });
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

    const userNamed = async (name: string): Promise<User> => {
      const user = await app.nest.get(UsersService).findByUsername(name);
      if (!user) throw new Error(`There is no ${name}`);
      return user;
    };
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

    it('count no deleted post, by whatever number or cursor', async () => {
      const reader = await app.signedIn('reader');
      for (let number = 1; number <= 27; number += 1) {
        await app.nest.get(PostsService).write(await userNamed('reader'), `Mine ${number}`);
      }
      await reader.post(deleteForm(await reader.get('/user/reader')));
      const first = await reader.get('/user/reader');
      expect(bodies(first).at(-1)).toBe('Mine 2');
      for (const path of [link(first, 'next') ?? '', '/user/reader?page=2']) {
        expect(bodies(await reader.get(path))).toEqual(['Mine 1']);
      }
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

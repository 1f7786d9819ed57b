import { TestApp } from '../support/test-app';
import { Visitor } from '../support/visitor';

describe('CSRF', () => {
  let app: TestApp;
  let susan: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
  });
  afterAll(() => app.stop());

  it.each([
    '/login',
    '/register',
    '/logout',
    '/posts',
    '/posts/1/delete',
    '/edit_profile',
    '/change_password',
  ])('POST %s is refused without the token, and with a made-up one', async (path) => {
    expect((await susan.send(path, { method: 'POST' })).status).toBe(403);
    const answer = await susan.postWithToken(path, {}, `${'a'.repeat(64)}.${'b'.repeat(64)}`);
    expect(answer.status).toBe(403);
    expect(await susan.isSignedIn()).toBe(true);
  });

  it('takes the token in the header X-CSRF-Token as well, as a program sends it with JSON', async () => {
    const send = (token: string) =>
      susan.send('/posts', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token },
        body: JSON.stringify({ body: 'From a program' }),
      });
    expect((await send('made up')).status).toBe(403);
    expect((await send(await susan.csrfToken('/index'))).status).toBeLessThan(400);
    expect((await susan.get('/index')).text).toContain('From a program');
  });

  it('refuses the token of another browser', async () => {
    const john = await app.signedIn('john');
    const token = await john.csrfToken('/index');
    expect((await susan.postWithToken('/posts', { body: 'x' }, token)).status).toBe(403);
  });

  it('refuses the token from before the sign-in, even when its cookie is planted', async () => {
    const mary = app.visitor();
    await mary.register('mary');
    const token = await mary.csrfToken('/login');
    const cookie = mary.cookies.get('microblog_csrf') ?? '';
    await mary.signIn('mary');
    mary.cookies.set('microblog_csrf', cookie);
    expect((await mary.postWithToken('/posts', { body: 'x' }, token)).status).toBe(403);
  });

  it('gives all forms of a page, and all pages of a browser, one token', async () => {
    const { page } = await susan.get('/index');
    const tokens = page
      .querySelectorAll('input[name=csrf_token]')
      .map((input) => input.getAttribute('value'));
    expect(tokens.length).toBeGreaterThan(1);
    expect(new Set([...tokens, await susan.csrfToken('/edit_profile')]).size).toBe(1);
  });
});

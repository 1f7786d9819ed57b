import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app';
import { fieldErrors, Visitor } from '../support/visitor';

describe('Input that no form of this site would send', () => {
  let app: TestApp;
  let susan: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
  });
  afterAll(() => app.stop());
  afterEach(() => expect(app.log.errors).toEqual([]));

  const sendJson = async (path: string, fields: object, from = path) =>
    susan.send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...fields, csrf_token: await susan.csrfToken(from) }),
    });

  const sendText = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
    susan.send(path, { method: 'POST', headers: { 'Content-Type': type }, body });

  it.each([
    ['a NUL byte', 'a\0b'],
    ['a high surrogate alone', 'a\ud83d'],
    ['a low surrogate alone', '\udc4da'],
  ])('gets %s refused at the field', async (_case, text) => {
    const answer = await sendJson('/edit_profile', { username: text, about_me: text });
    expect(answer.status).toBe(422);
    expect(Object.keys(fieldErrors(answer))).toEqual(['username', 'about_me']);
    const post = await sendJson('/posts', { body: text }, '/index');
    expect(fieldErrors(post)).toEqual({ body: ['This field contains characters that cannot be saved.'] });
  });

  it('gets a NUL byte refused in a form as well', async () => {
    const answer = await susan.post('/posts', { body: 'a\0b' });
    expect(answer.status).toBe(422);
    expect(answer.body).not.toContain('\0');
  });

  it.each([[['susan']], [{ a: 1 }], [[[]]], [7], [true], [null]])(
    'gets %j refused where text is expected',
    async (value) => {
      const answer = await sendJson('/edit_profile', { username: value, about_me: value });
      expect(answer.status).toBe(422);
      expect(Object.keys(fieldErrors(answer))).toEqual(['username', 'about_me']);
    },
  );

  it('gets a field that comes twice refused', async () => {
    const token = await susan.csrfToken('/edit_profile');
    const answer = await sendText('/edit_profile', `csrf_token=${token}&username=a&username=b&about_me=`);
    expect(fieldErrors(answer)).toHaveProperty('username');
  });

  it.each(['username', 'password', 'remember_me'])('signs nobody in with an object as %s', async (field) => {
    const values = { username: 'susan', password: 'a wrong password', [field]: { $ne: '' } };
    expect((await sendJson('/login', values, '/index')).status).toBe(422);
  });

  it('drops fields that the form does not have', async () => {
    const extra = { id: '2', passwordHash: 'x', aboutMe: 'x', constructor: 'x', email_key: 'x' };
    expect((await susan.post('/edit_profile', { username: 'susan', about_me: 'me', ...extra })).status).toBe(
      303,
    );
    const rows: Record<string, unknown>[] = await app.nest.get(DataSource).query('SELECT * FROM users');
    expect(rows[0]).toMatchObject({
      id: 1,
      username: 'susan',
      about_me: 'me',
      email_key: 'susan@example.com',
    });
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id/);
  });

  it('takes 413 for a body over 100 kB', async () => {
    const token = await susan.csrfToken('/index');
    const body = (size: number) =>
      new URLSearchParams({ csrf_token: token, body: 'x'.repeat(size) }).toString();
    expect((await sendText('/posts', body(102_400))).status).toBe(413);
    const justBelow = await sendText('/posts', body(102_000));
    expect(fieldErrors(justBelow)).toEqual({ body: ['Shorten this by 101860 characters.'] });
    expect((await sendText('/posts', `{"body":"${'x'.repeat(102_400)}"}`, 'application/json')).status).toBe(
      413,
    );
  });

  it('takes 415 for a type that is no form', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded; charset=utf-7',
    ]) {
      expect((await sendText('/posts', 'body=x', type)).status).toBe(415);
    }
  });

  it.each(['{', '"text"', '{"a":1}}'])('takes 400 for %s as JSON', async (body) => {
    expect((await sendText('/posts', body, 'application/json')).status).toBe(400);
  });

  it.each(['/user/%', '/user/%E0%A4%A', '/posts/%C3%28/delete'])(
    'takes 400 for the malformed address %s',
    async (path) => {
      const method = path.startsWith('/posts') ? 'POST' : 'GET';
      expect((await susan.send(path, { method })).status).toBe(400);
    },
  );

  it.each(['/login?next[]=x', '/login?next=%00', '/login?next=a&next=b', '/index?__proto__[x]=1'])(
    'does no harm in the query of %s',
    async (path) => {
      expect((await susan.get(path)).status).toBeLessThan(400);
    },
  );

  it('cannot pass one cookie of this site off as another', async () => {
    const mallory = app.visitor();
    await mallory.register('mallory');
    const flash = mallory.cookies.get('microblog_flash') ?? '';
    expect(flash).not.toBe('');
    for (const name of ['microblog_draft', 'microblog_session']) mallory.cookies.set(name, flash);
    for (const path of ['/login', '/register']) expect((await mallory.get(path)).status).toBe(200);
    expect(await mallory.isSignedIn()).toBe(false);
  });

  it('makes an address that is longer in the form in which it is unique a field error', async () => {
    const email = `${'ﷺ'.repeat(21)}@example.com`;
    expect(fieldErrors(await app.visitor().register('longmail', { email }))).toEqual({
      email: ['Invalid email address.'],
    });
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"body":', '}'],
  ])(
    'is refused without a fault of the server when it is JSON in %s nested 5,000 deep',
    async (_in, open, close) => {
      const body = `{"body":${open.repeat(5_000)}1${close.repeat(5_000)}}`;
      const headers = { 'Content-Type': 'application/json' };
      for (const path of ['/posts', '/login', '/register', '/edit_profile']) {
        expect((await app.visitor().send(path, { method: 'POST', body, headers })).status).toBeLessThan(500);
      }
    },
  );

  it.each(['s%3A%E0%A4%A.j%3A{', 'j:1', 'j:{"a":1}', 'j%3A%7B%22a%22%3A1%7D', 'j:[1]', 'j:null', '', '='])(
    'counts for nothing as a cookie: %s',
    async (value) => {
      const mallory = app.visitor();
      const names = ['session', 'csrf', 'flash', 'draft'].flatMap((name) => [name, `microblog_${name}`]);
      for (const name of names) mallory.cookies.set(name, value);
      expect((await mallory.get('/login')).status).toBe(200);
    },
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { TemplateEngine } from '../../src/rendering/template-engine';
import { BAD_HEADERS, FailingModule, TELLTALE } from '../support/failing.module';
import { TestApp } from '../support/test-app';
import { Answer, Visitor } from '../support/visitor';

const REFERENCE = /[2-9A-Z]{4}-[2-9A-Z]{4}/;

describe('Errors', () => {
  let app: TestApp;
  let susan: Visitor;

  beforeAll(async () => {
    app = await TestApp.start({ LOG_MAX_BYTES: '0' }, [FailingModule]);
    susan = await app.signedIn('susan');
  });
  beforeEach(() => void app.log.entries.splice(0));
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.stop());

  const reference = ({ headers }: Answer) => headers.get('Error-Reference') ?? '';
  const logFile = () => readFileSync(join(app.logDirectory, 'microblog.log'), 'utf8');
  const who = { 'somebody signed in': () => susan, 'somebody not signed in': () => app.visitor() };
  const formats = {
    'text/html': 'text/html; charset=utf-8',
    'application/json': 'application/problem+json; charset=utf-8',
    'text/plain': 'text/plain; charset=utf-8',
  };
  const serverErrors = [
    'handler',
    'service',
    'guard',
    'pipe',
    'middleware',
    'database',
    'template',
    'status/500',
    'status/503',
    'status/599',
    'status/200',
    ...['null', 'undefined', 'string', 'cyclic', 'getters', 'proxy', 'statusCode'].map(
      (what) => `thrown/${what}`,
    ),
  ];
  const requestErrors: [string, number, RequestInit][] = [
    ['/nope', 404, {}],
    ['/user/%E0%A4%A', 400, {}],
    ['/login', 405, { method: 'PUT' }],
    ['/login', 403, { method: 'POST' }],
    ['/login', 400, { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }],
    [
      '/login',
      413,
      { method: 'POST', body: 'x'.repeat(110_000), headers: { 'Content-Type': 'application/json' } },
    ],
    ['/login', 415, { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/csv' } }],
    ['/failing/status/409', 409, {}],
  ];

  const send = (visitor: Visitor, path: string, accept: string, init: RequestInit = {}) =>
    visitor.send(path, { ...init, headers: { ...(init.headers as Record<string, string>), Accept: accept } });

  describe.each(Object.keys(who) as (keyof typeof who)[])('met by %s', (visitor) => {
    describe.each(Object.entries(formats))('who asks for %s', (accept, type) => {
      it.each(serverErrors)(
        'GET /failing/%s is answered without a word of the cause, and logged once',
        async (path) => {
          const answer = await send(who[visitor](), `/failing/${path}`, accept);
          expect(answer.status).toBeGreaterThanOrEqual(500);
          expect(answer.headers.get('Content-Type')).toBe(type);
          expect(answer.headers.get('Cache-Control')).toBe('no-store');
          expect(answer.body).not.toMatch(
            /telltale|\.ts\b|\.js\b|\.hbs| at |node_modules|no_such_table|Error:/,
          );
          expect(reference(answer)).toMatch(REFERENCE);
          expect(answer.body).toContain(reference(answer));
          expect(answer.body).not.toContain('notified');
          expect(app.log.errors).toHaveLength(1);
          expect(app.log.entries.find(({ level }) => level === 'error')?.id).toBe(reference(answer));
          expect(logFile()).toContain(reference(answer));
        },
      );

      it.each(requestErrors)(
        '%s is answered with %i, and a warning in the log',
        async (path, status, init) => {
          const answer = await send(who[visitor](), path, accept, init);
          expect(answer.status).toBe(status);
          expect(answer.headers.get('Content-Type')).toBe(type);
          expect(answer.headers.get('Cache-Control')).toBe('no-store');
          expect(answer.headers.has('Error-Reference')).toBe(false);
          expect(app.log.errors).toEqual([]);
          expect(app.log.warnings).toHaveLength(1);
        },
      );
    });

    it('keeps the navigation on an error page', async () => {
      for (const path of ['/nope', '/failing/handler']) {
        const { page } = await who[visitor]().get(path, { Accept: 'text/html' });
        const link = visitor === 'somebody signed in' ? '/user/susan' : '/login';
        expect(page.querySelector(`nav a[href="${link}"]`)).not.toBeNull();
      }
    });
  });

  describe('an error with headers that no response can have', () => {
    const accepts = ['text/html', 'application/json', 'text/plain'];
    const cases = Object.keys(BAD_HEADERS).flatMap((what) =>
      accepts.flatMap((accept) => [400, 429, 503].map((status) => [what, accept, status] as const)),
    );

    it.each(cases)('is answered all the same: %s, as %s with %d', async (what, Accept, status) => {
      const path = `/failing/headers/${encodeURIComponent(what)}/${status}`;
      const answer = await app.visitor().get(path, { Accept });
      expect(answer.headers.has('X-Forged')).toBe(false);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      // What cannot even be read is a fault of the server, whatever status it claims to have.
      expect([status, 500]).toContain(answer.status);
      expect(answer.body).not.toBe('');
    });
  });

  describe('negotiation', () => {
    it.each([
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
      ['*/*', 'text/html'],
      ['application/json;q=0.5, text/plain;q=0.9', 'text/plain'],
      ['text/html;q=0.1, application/problem+json', 'application/problem+json'],
      ['text/html;q=0, text/plain', 'text/plain'],
      ['image/png', 'text/plain'],
      ['application/json; charset=utf-8', 'application/problem+json'],
      ['text/html;level=1, text/plain;q=0.2', 'text/html'],
      ['text/html; q=0.1, application/json', 'application/problem+json'],
      ['text/html ; q=0.1,application/json ;q=0.2', 'application/problem+json'],
      ['text/html; level=1; q=0.1, application/json; q=0.2', 'application/problem+json'],
      ['text/html;\tQ=0.1, application/json', 'application/problem+json'],
    ])('answers %s with %s', async (accept, type) => {
      const { headers } = await app.visitor().get('/nope', { Accept: accept });
      expect(headers.get('Content-Type')).toContain(type);
      expect(headers.get('Vary')).toContain('Accept');
    });

    it('answers HEAD with the head alone', async () => {
      for (const [path, status] of [
        ['/nope', 404],
        ['/failing/handler', 500],
      ] as const) {
        const answer = await app.visitor().send(path, { method: 'HEAD' });
        expect(answer.status).toBe(status);
        expect(answer.body).toBe('');
      }
    });

    it('writes problem documents as RFC 9457 has them', async () => {
      const answer = await app.visitor().get('/failing/handler?x=1', { Accept: 'application/problem+json' });
      expect(JSON.parse(answer.body)).toEqual({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'It is not your fault. Please try again in a while.',
        instance: '/failing/handler',
        reference: reference(answer),
      });
    });

    it('tells a client that is no browser which fields do not hold', async () => {
      const token = await susan.csrfToken('/index');
      const body = new URLSearchParams({ csrf_token: token, body: '' });
      const answer = await susan.send('/posts', {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
      });
      expect(JSON.parse(answer.body)).toMatchObject({
        status: 422,
        errors: { body: ['This field is required.'] },
      });
    });

    it('answers 401, not a page to sign in on, to a client that is no browser', async () => {
      const answer = await app.visitor().get('/index', { Accept: 'application/json' });
      expect(answer.status).toBe(401);
    });
  });

  it('405 says what is allowed', async () => {
    expect((await susan.get('/posts')).headers.get('Allow')).toBe('POST');
    const answer = await susan.send('/edit_profile', { method: 'DELETE' });
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, POST');
  });

  it('a link of this site that leads nowhere is logged with the page that it is on', async () => {
    const url = await app.nest.getUrl();
    await susan.get('/nope', { Referer: `${url}/user/susan?page=2` });
    await susan.get('/nope', { Referer: 'https://elsewhere.example/page' });
    expect(app.log.warnings).toEqual(['404 GET /nope, a broken link on /user/susan', '404 GET /nope']);
  });

  describe('when the page itself is broken', () => {
    const breakTemplates = (broken: (name: string) => boolean) => {
      const engine = app.nest.get(TemplateEngine, { strict: false });
      const render = engine.render.bind(engine);
      jest.spyOn(engine, 'render').mockImplementation((name, data) => {
        if (broken(name)) throw new Error('the template is broken');
        return render(name, data);
      });
    };
    const expectStaticPage = (answer: Answer, second: string) => {
      expect(answer.status).toBe(500);
      expect(answer.page.querySelector('nav')).toBeNull();
      expect(answer.page.querySelector('body > header')).not.toBeNull();
      expect(answer.page.querySelector('body > main > h1')).not.toBeNull();
      expect(answer.text).toContain('An unexpected error has occurred');
      expect(answer.body).toContain(reference(answer));
      expect(app.log.errors).toEqual([expect.stringContaining(TELLTALE), expect.stringContaining(second)]);
    };

    it('the template: a static page, and both errors in the log', async () => {
      breakTemplates((name) => name.startsWith('errors/'));
      expectStaticPage(await susan.get('/failing/handler'), 'the template is broken');
    });

    it('the layout: a static page, and both errors in the log', async () => {
      breakTemplates(() => true);
      expectStaticPage(await susan.get('/failing/handler'), 'the template is broken');
    });

    it('the session or the database: a static page, and both errors in the log', async () => {
      const other = await TestApp.start({}, [FailingModule]);
      const john = await other.signedIn('john');
      await other.nest.get(DataSource).destroy();
      const answer = await john.get('/index');
      expect(answer.status).toBe(500);
      expect(answer.page.querySelector('nav')).toBeNull();
      expect(answer.body).toContain(reference(answer));
      expect(other.log.errors).toHaveLength(2);
      expect(other.log.errors[1]).toContain('The session could not be read');
      await other.stop();
    });
  });

  it('a page that was half sent is cut off, not ended as if it were whole', async () => {
    await expect(app.visitor().get('/failing/halfway')).rejects.toThrow();
    expect(app.log.errors).toHaveLength(1);
  });

  describe('of a form', () => {
    const bodies = async () => {
      const rows: { body: string }[] = await app.nest.get(DataSource).query('SELECT body FROM posts');
      return rows.map(({ body }) => body);
    };

    beforeAll(() =>
      app.nest
        .get(DataSource)
        .query('CREATE TABLE orphans (user_id integer REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED)'),
    );

    it.each(['handler', 'commit'])(
      'give back what was typed when the %s fails, with nothing saved',
      async (what) => {
        const answer = await susan.post(
          `/failing-form/${what}`,
          { body: `Typed <${what}>` },
          { from: '/index' },
        );
        expect(answer.status).toBe(500);
        expect(answer.page.querySelector('textarea')?.textContent.trim()).toBe(`Typed <${what}>`);
        expect(answer.text).toContain('An unexpected error has occurred.');
        expect(answer.text).toContain('Nothing was saved.');
        expect(answer.body).toContain(reference(answer));
        expect(answer.body).not.toContain(TELLTALE);
        expect(await bodies()).not.toContain(`Typed <${what}>`);
      },
    );

    it('give back what was typed when the form has expired, and take it when it is sent again', async () => {
      const expired = await susan.postWithToken('/posts', { body: 'Typed for long' }, 'expired');
      expect(expired.status).toBe(403);
      expect(expired.text).toContain('This form has expired. Please send it again.');
      expect(expired.page.querySelector('textarea')?.textContent.trim()).toBe('Typed for long');
      const token = expired.page.querySelector('main input[name=csrf_token]')?.getAttribute('value') ?? '';
      expect((await susan.postWithToken('/posts', { body: 'Typed for long' }, token)).status).toBe(303);
    });

    it('give back what was typed after an ended sign-in, once', async () => {
      const mary = await app.signedIn('mary');
      const form = await mary.hiddenFields('/edit_profile');
      await mary.signOut();
      const typed = { ...form, username: 'mary', about_me: 'Typed & kept 👍' };
      const body = new URLSearchParams(typed);
      const refused = await mary.send('/edit_profile', { method: 'POST', body });
      expect(refused).toMatchObject({ status: 303, location: '/login?next=%2Fedit_profile' });
      await mary.post('/login?next=%2Fedit_profile', { username: 'mary', password: 'a long password' });
      const again = await mary.get('/edit_profile');
      expect(again.page.querySelector('textarea')?.textContent.trim()).toBe('Typed & kept 👍');
      const later = await mary.get('/edit_profile');
      expect(later.page.querySelector('textarea')?.textContent.trim()).toBe('');
    });

    it('take no draft from another site', async () => {
      const fields = new URLSearchParams({ username: 'mallory', about_me: 'Planted' });
      const headers = { 'Sec-Fetch-Site': 'cross-site' };
      const answer = await app.visitor().send('/edit_profile', { method: 'POST', body: fields, headers });
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie().join()).not.toContain('draft');
    });

    it('show nobody who is not signed in a page that needs it', async () => {
      await susan.post('/posts', { body: 'For members only' });
      const body = new URLSearchParams({ body: 'x' });
      const answer = await app.visitor().send('/posts', { method: 'POST', body });
      expect(answer).toMatchObject({ status: 303, location: '/login?next=%2Findex' });
      expect(answer.body).not.toContain('members');
      expect(app.log.errors).toEqual([]);
    });

    it('never give back a password', async () => {
      const fields = {
        username: 'john',
        email: 'j@example.com',
        password: 'hunter2hunter2',
        password2: 'hunter2hunter2',
      };
      const answer = await app.visitor().postWithToken('/register', fields, 'expired');
      expect(answer.status).toBe(403);
      expect(answer.page.querySelector('input[name=username]')?.getAttribute('value')).toBe('john');
      expect(answer.body).not.toContain('hunter2');
      expect([...answer.headers.getSetCookie()].join()).not.toContain('hunter2');
    });
  });

  describe('GET /_errors/:status', () => {
    it('shows each page in debug mode, and does not exist without', async () => {
      expect((await susan.get('/_errors/500')).status).toBe(404);
      const debugging = await TestApp.start({ MICROBLOG_DEBUG: '1' });
      for (const status of [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]) {
        const answer = await debugging.visitor().get(`/_errors/${status}`);
        expect(answer.status).toBe(status);
        expect(answer.page.querySelector('nav')).not.toBeNull();
        expect(answer.page.querySelectorAll('main p').length).toBeGreaterThan(1);
      }
      await debugging.stop();
    });
  });

  describe('GET /healthz', () => {
    it('is 200 while the database answers, else 503', async () => {
      expect((await app.visitor().get('/healthz')).status).toBe(200);
      jest.spyOn(app.nest.get(DataSource), 'query').mockRejectedValue(new Error('gone'));
      expect((await app.visitor().get('/healthz')).status).toBe(503);
    });
  });
});

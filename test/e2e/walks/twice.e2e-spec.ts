import { DataSource } from 'typeorm';
import { Route, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { Answer, PASSWORD, Visitor } from '../../support/visitor';

interface Form {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Case {
  /** Somebody with the form before them. */
  readonly prepare: (name: string) => Promise<{ visitor: Visitor; form: Form }>;
  /** How often it has had its effect. */
  readonly effects: (name: string) => Promise<number>;
}

describe('A form that is sent twice', () => {
  let app: TestApp;
  let routes: Route[];

  beforeAll(async () => {
    app = await TestApp.start();
    routes = routesOf(app.nest).filter(({ method }) => !['GET', 'HEAD', 'OPTIONS', 'ACL'].includes(method));
  });
  afterAll(() => app.stop());

  const rows = async (sql: string, name: string): Promise<number> => {
    const isPostgres = app.nest.get(DataSource).options.type === 'postgres';
    const [row] = await app.nest
      .get(DataSource)
      .query<{ n: number | string }[]>(sql.replace('?', isPostgres ? '$1' : '?'), [name]);
    return Number(row?.n);
  };
  const POSTS = 'SELECT COUNT(*) AS n FROM posts WHERE body = ? AND deleted_at IS NULL';
  const SESSIONS =
    'SELECT COUNT(*) AS n FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = ?';

  async function signedIn(name: string, page: string, path: string, fields = {}) {
    const visitor = await app.signedIn(name);
    return { visitor, form: formOn(await visitor.get(page), path, fields) };
  }

  const CASES: Record<string, Case> = {
    '/posts': {
      prepare: (name) => signedIn(name, '/index', '/posts', { body: `A post of ${name}` }),
      effects: (name) => rows(POSTS, `A post of ${name}`),
    },
    '/posts/:id/delete': {
      prepare: async (name) => {
        const visitor = await app.signedIn(name);
        await visitor.post('/posts', { body: `A post of ${name}` });
        const { page } = await visitor.get(`/user/${name}`);
        const path = page.querySelector('form[action$="/delete"]')?.getAttribute('action') ?? '';
        return { visitor, form: formOn(await visitor.get(`/user/${name}`), path) };
      },
      effects: async (name) => 1 - (await rows(POSTS, `A post of ${name}`)),
    },
    '/posts/:id/restore': {
      prepare: async (name) => {
        const visitor = await app.signedIn(name);
        await visitor.post('/posts', { body: `A post of ${name}` });
        const { page } = await visitor.get(`/user/${name}`);
        const path = page.querySelector('form[action$="/delete"]')?.getAttribute('action') ?? '';
        await visitor.post(path, {}, { from: '/edit_profile' });
        return { visitor, form: formOn(await visitor.get('/index'), path.replace('delete', 'restore')) };
      },
      effects: (name) => rows(POSTS, `A post of ${name}`),
    },
    '/register': {
      prepare: async (name) => {
        const visitor = app.visitor();
        const fields = {
          username: name,
          email: `${name}@example.com`,
          password: PASSWORD,
          password2: PASSWORD,
        };
        return { visitor, form: formOn(await visitor.get('/register'), '/register', fields) };
      },
      effects: (name) => rows('SELECT COUNT(*) AS n FROM users WHERE username = ?', name),
    },
    '/login': {
      prepare: async (name) => {
        const visitor = app.visitor();
        await visitor.register(name);
        const fields = { username: name, password: PASSWORD };
        return { visitor, form: formOn(await visitor.get('/login'), '/login', fields) };
      },
      effects: (name) => rows(SESSIONS, name),
    },
    '/logout': {
      prepare: (name) => signedIn(name, '/index', '/logout'),
      effects: async (name) => 1 - (await rows(SESSIONS, name)),
    },
    '/edit_profile': {
      prepare: (name) =>
        signedIn(name, '/edit_profile', '/edit_profile', { username: name, about_me: `I am ${name}` }),
      effects: (name) => rows('SELECT COUNT(*) AS n FROM users WHERE about_me = ?', `I am ${name}`),
    },
    '/change_password': {
      prepare: (name) =>
        signedIn(name, '/change_password', '/change_password', {
          current_password: PASSWORD,
          password: 'another long password',
          password2: 'another long password',
        }),
      effects: (name) => rows(SESSIONS, name),
    },
  };

  let people = 0;
  const someone = () => `susan${++people}`;

  it('is known of every unsafe route', () => {
    expect(routes.map(({ path }) => path).sort()).toEqual(Object.keys(CASES).sort());
  });

  describe.each(Object.entries(CASES))('POST %s', (_path, { prepare, effects }) => {
    it('has one effect and one answer, sent twice at once', async () => {
      const name = someone();
      const { visitor, form } = await prepare(name);
      const answers = await Promise.all([visitor, visitor.withSameCookies()].map((twin) => send(twin, form)));
      expect(answers.map(({ status }) => status)).toEqual([303, 303]);
      const [first, second] = answers;
      expect(outcome(second)).toEqual(outcome(first));
      expect(await effects(name)).toBe(1);
    });

    it('has one effect and one answer, sent again after the first answer', async () => {
      const name = someone();
      const { visitor, form } = await prepare(name);
      const first = await send(visitor, form);
      const second = await send(visitor, form);
      expect(first.status).toBe(303);
      expect(outcome(second)).toEqual(outcome(first));
      expect(await effects(name)).toBe(1);
    });

    it('has one effect and one answer, sent again from the page before the next one', async () => {
      const name = someone();
      const { visitor, form } = await prepare(name);
      const first = await send(visitor, form);
      await visitor.get(first.location ?? '');
      expect(outcome(await send(visitor, form))).toEqual(outcome(first));
      expect(await effects(name)).toBe(1);
    });

    it('is nothing to another browser that has got hold of it', async () => {
      const { visitor, form } = await prepare(someone());
      const first = await send(visitor, form);
      const mallory = app.visitor();
      await mallory.get('/login');
      const answer = await send(mallory, form);
      expect(answer.headers.getSetCookie().join()).not.toContain('microblog_session=s');
      expect(outcome(answer)).not.toEqual(outcome(first));
    });
  });

  it('is another one once something else was typed', async () => {
    const susan = await app.signedIn('susan');
    const form = formOn(await susan.get('/index'), '/posts', { body: 'The first' });
    for (const body of ['The first', 'The second', 'The first']) {
      expect((await send(susan, { ...form, fields: { ...form.fields, body } })).status).toBe(303);
    }
    expect(await rows(POSTS, 'The first')).toBe(1);
    expect(await rows(POSTS, 'The second')).toBe(1);
  });

  it('can be sent again where the first time was refused', async () => {
    const john = app.visitor();
    await john.register('john');
    const form = formOn(await john.get('/login'), '/login', {
      username: 'john',
      password: 'a wrong password',
    });
    expect((await send(john, form)).status).toBe(422);
    const again = await send(john, { ...form, fields: { ...form.fields, password: PASSWORD } });
    expect(again.status).toBe(303);
    expect(await john.isSignedIn()).toBe(true);
  });

  it('leaves nothing in the database that signs anybody in', async () => {
    const name = someone();
    const { visitor, form } = (await CASES['/login']?.prepare(name)) ?? {};
    if (!visitor || !form) throw new Error('There is no form to sign in with');
    await send(visitor, form);
    const [, token = ''] =
      /session:([\w-]+)/.exec(decodeURIComponent(visitor.cookies.get('microblog_session') ?? '')) ?? [];
    expect(token).toHaveLength(43);
    const stored: unknown = await app.nest.get(DataSource).query('SELECT * FROM submissions');
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(stored)).not.toContain(form.fields.submission_key);
  });
});

/** The form on the page that is sent to that path, with what is hidden in it and what somebody types. */
function formOn({ page }: Answer, path: string, typed: Readonly<Record<string, string>> = {}): Form {
  const form = page.querySelector(`form[action="${path}"]`);
  const hidden = form?.querySelectorAll('input[type=hidden]') ?? [];
  const fields = hidden.map((input) => [input.getAttribute('name'), input.getAttribute('value')]);
  return { path, fields: { ...(Object.fromEntries(fields) as object), ...typed } };
}

function send(visitor: Visitor, { path, fields }: Form): Promise<Answer> {
  return visitor.send(path, { method: 'POST', body: new URLSearchParams(fields) });
}

/** What the browser is told: where to go, what to say there, who is signed in. */
function outcome(answer: Answer | undefined) {
  const cookies = answer?.headers
    .getSetCookie()
    .filter((cookie) => !/^microblog_(?:csrf|browser)=/.test(cookie))
    .map((cookie) => cookie.replace(/(Max-Age=[^;]*.*?) Expires=[^;]*;/, '$1'));
  return { status: answer?.status, location: answer?.location, cookies: cookies?.sort() };
}

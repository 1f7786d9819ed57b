import { addressOf, Route, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { Answer, Visitor } from '../../support/visitor';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const PARAMETERS = { id: '1', username: 'susan', status: '404' };

describe('Every unsafe route', () => {
  let app: TestApp;
  let susan: Visitor;
  let own: string;
  let routes: Route[];

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    own = await app.nest.getUrl();
    routes = routesOf(app.nest).filter(({ method }) => !SAFE.includes(method));
  });
  afterAll(() => app.stop());

  /** Each route, asked with a token that holds: what differs is who sends it. */
  async function answers(visitor: Visitor, headers: Record<string, string>): Promise<[string, Answer][]> {
    const csrf_token = await visitor.csrfToken(visitor === susan ? '/logout' : '/login');
    const asked = [];
    for (const route of routes) {
      const path = addressOf(route, PARAMETERS);
      const body = new URLSearchParams({ csrf_token });
      asked.push([path, await visitor.send(path, { method: route.method, headers, body })] as [
        string,
        Answer,
      ]);
    }
    return asked;
  }

  it('is known to this walk', () => {
    expect(routes.length).toBeGreaterThan(6);
  });

  it.each<Record<string, string>>([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'cross-origin' },
    { 'Sec-Fetch-Site': '' },
    { Origin: 'https://evil.example' },
    { Origin: 'http://127.0.0.1' },
    { Origin: 'http://127.0.0.1:1' },
    { Origin: 'http://127.0.0.1.evil.example' },
    { Origin: 'null' },
    { Origin: '' },
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'none' },
  ])('refuses a page that says %j, whatever token it brings', async (headers) => {
    for (const [path, answer] of await answers(susan, headers)) {
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain('This was sent by a page of another site. Nothing was done.');
    }
    expect(await susan.isSignedIn()).toBe(true);
  });

  it('refuses what has no token, from whichever page', async () => {
    const senders: Record<string, string>[] = [{}, { 'Sec-Fetch-Site': 'same-origin' }, { Origin: own }];
    for (const headers of senders) {
      for (const route of routes) {
        const path = addressOf(route, PARAMETERS);
        const answer = await susan.send(path, { method: route.method, headers });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(await susan.isSignedIn()).toBe(true);
  });

  it('takes the forms of this site, from browsers of all ages and from no browser', async () => {
    const proxied = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'microblog.example' };
    const senders: Record<string, string>[] = [
      {},
      { Origin: own },
      { 'Sec-Fetch-Site': 'same-origin', Origin: own },
      // A proxy that says nothing of https, and one that does not pass on the host.
      { Origin: own.replace('http:', 'https:') },
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://microblog.example' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of senders) {
      for (const [path, { text }] of await answers(app.visitor(), headers)) {
        expect([path, text]).not.toEqual([path, expect.stringContaining('another site')]);
      }
    }
    const behindProxy = (origin: string) =>
      app.visitor().send('/login', { method: 'POST', headers: { ...proxied, Origin: origin } });
    expect((await behindProxy('https://microblog.example')).text).not.toContain('another site');
    expect((await behindProxy('http://microblog.example')).text).toContain('another site');
    expect((await behindProxy(own)).text).toContain('another site');
  });

  it('says in the security log what was refused, and to whom', async () => {
    app.log.entries.length = 0;
    const body = new URLSearchParams();
    await susan.send('/posts', { method: 'POST', headers: { Origin: 'https://evil.example' }, body });
    await app.visitor().send('/login', { method: 'POST', body });
    expect(app.log.security).toEqual([
      expect.stringMatching(
        /^event=cross_site_request outcome=refused address=127\.0\.0\.1 user_id=1 reason="Origin is https:\/\/evil\.example, and Host is 127\.0\.0\.1:\d+"$/,
      ),
      'event=csrf_token outcome=refused address=127.0.0.1 reason="missing, invalid or expired"',
    ]);
  });
});

describe('Every page', () => {
  let app: TestApp;
  let susan: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    await susan.post('/posts', { body: 'Hello' });
  });
  afterAll(() => app.stop());

  const pages = () =>
    routesOf(app.nest)
      .filter(({ method }) => method === 'GET')
      .map((route) => addressOf(route, PARAMETERS));

  it('of somebody signed in is kept by no browser and no cache', async () => {
    for (const path of [...pages(), '/nothing', '/user/nobody', '/index?page=9', '/avatar/x.svg']) {
      const { headers, status } = await susan.get(path);
      const isPublic = path === '/avatar/1.svg';
      const cached = isPublic ? 'public, max-age=31536000, immutable' : 'no-store';
      expect([path, status, headers.get('Cache-Control')]).toEqual([path, status, cached]);
    }
  });

  it('that an unsafe request is answered with is not kept either', async () => {
    for (const [path, fields] of [
      ['/posts', { body: '' }],
      ['/posts', { body: 'Hello' }],
      ['/edit_profile', { username: '' }],
      ['/change_password', {}],
      ['/logout', {}],
    ] as const) {
      const { headers } = await susan.post(path, fields, { from: '/edit_profile' });
      expect([path, headers.get('Cache-Control')]).toEqual([path, 'no-store']);
    }
  });

  it('of nobody in particular may be shown again by the browser alone', async () => {
    const visitor = app.visitor();
    for (const path of ['/login', '/register']) {
      expect((await visitor.get(path)).headers.get('Cache-Control')).toBe('private, no-cache');
    }
    await visitor.register('john');
    // It has a message that is shown once.
    expect((await visitor.get('/login')).headers.get('Cache-Control')).toBe('no-store');
  });
});

import { addressOf, routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { Answer, Visitor } from '../../support/visitor';

const PARAMETERS = { id: '1', username: 'susan' };

describe('Every page', () => {
  let app: TestApp;
  let susan: Visitor;
  let addresses: string[];

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    await susan.post('/posts', { body: 'Hello from susan' });
    const routes = routesOf(app.nest).filter(({ method }) => method === 'GET');
    addresses = [...routes.map((route) => addressOf(route, PARAMETERS)), '/no/such/page', '/%00'];
  });
  afterAll(() => app.stop());

  /** Whatever is shown as a page, to who is signed in and to who is not. */
  async function pages(): Promise<[string, Answer][]> {
    const found: [string, Answer][] = [];
    for (const visitor of [susan, app.visitor()]) {
      for (const address of addresses) {
        const answer = await visitor.get(address, { Accept: 'text/html' });
        if (answer.body.startsWith('<!doctype html>')) found.push([address, answer]);
      }
    }
    return found;
  }

  it('says in its head what it is, and in which language', async () => {
    const all = await pages();
    expect(all.length).toBeGreaterThan(12);
    for (const [address, { page }] of all) {
      expect([address, page.querySelector('html')?.getAttribute('lang')]).toEqual([address, 'en']);
      expect(page.querySelector('title')?.text).toMatch(/^\S.* - Microblog$/);
      expect(page.querySelector('meta[name=description]')?.getAttribute('content')).toMatch(
        /^Microblog is .+\.$/,
      );
    }
  });

  it('has landmarks and one headline', async () => {
    for (const [address, { page }] of await pages()) {
      const count = (selector: string) => page.querySelectorAll(selector).length;
      const found = ['body > header nav', 'body > main', 'body > footer', 'main h1', 'h1'].map(count);
      expect([address, ...found]).toEqual([address, 1, 1, 1, 1, 1]);
    }
  });

  it('says to a stranger on the sign-in page what this site is', async () => {
    const { page } = await app.visitor().get('/login?next=%2Findex');
    expect(page.querySelector('main')?.text).toContain('Microblog is a small social site');
  });
});

describe('What browsers and crawlers look for at the root', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it.each([
    ['/favicon.ico', /^image\/(x-icon|vnd\.microsoft\.icon)/],
    ['/robots.txt', /^text\/plain/],
  ])('%s is there, without a cookie', async (path, type) => {
    const answer = await app.visitor().get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toMatch(type);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await app.visitor().get(`${path}/more`)).status).toBe(404);
  });

  it('/.well-known/change-password leads to the page, and its neighbours are not there', async () => {
    const visitor = app.visitor();
    expect(await visitor.get('/.well-known/change-password')).toMatchObject({
      status: 302,
      location: '/change_password',
    });
    const { status } = await visitor.get(
      '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200',
    );
    expect(status).toBe(404);
  });
});

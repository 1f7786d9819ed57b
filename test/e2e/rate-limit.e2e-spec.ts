import { TestApp } from '../support/test-app';

describe('POST /login and POST /register', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start({ AUTH_RATE_LIMIT: '3' });
  });
  afterEach(() => app.stop());

  /** An attempt from an address of the test's choice, as the proxy in front would tell it. */
  const attempt = async (path: string, username: string, address: string) => {
    const visitor = app.visitor();
    const csrf_token = await visitor.csrfToken('/login');
    const body = new URLSearchParams({ csrf_token, username, password: 'a wrong password' });
    return visitor.send(path, { method: 'POST', headers: { 'X-Forwarded-For': address }, body });
  };

  it('answer too many attempts from one address with the form, what was typed, and when to come back', async () => {
    for (const path of ['/login', '/register', '/login']) {
      expect((await attempt(path, `name${path.length}`, '192.0.2.1')).status).toBe(422);
    }
    const answer = await attempt('/login', 'another', '192.0.2.1');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('Retry-After'))).toBeLessThanOrEqual(60);
    expect(answer.page.querySelector('h1')?.text).toBe('Sign in');
    expect(answer.page.querySelector('[role=alert]')?.text).toContain('Too many attempts.');
    expect(answer.page.querySelector('input[name=username]')?.getAttribute('value')).toBe('another');
    expect((await attempt('/login', 'another', '192.0.2.2')).status).toBe(422);
  });

  it('answer too many attempts for one name so, from wherever they come', async () => {
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      expect((await attempt('/login', 'susan', address)).status).toBe(422);
    }
    expect((await attempt('/login', 'SUSAN ', '192.0.2.4')).status).toBe(429);
    expect((await attempt('/login', 'john', '192.0.2.4')).status).toBe(422);
  });

  it('do not count pages', async () => {
    for (let views = 0; views < 5; views++) expect((await app.visitor().get('/login')).status).toBe(200);
  });
});

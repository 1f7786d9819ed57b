import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app';
import { Answer, Visitor, fieldErrors } from '../support/visitor';

const FREE = { available: true, message: 'This username is free.' };
const TAKEN = { available: false, message: 'Please use a different username.' };
const REQUIRED = { available: false, message: 'This field is required.' };

const ask = (visitor: Visitor, username: string, headers: Record<string, string> = {}) =>
  visitor.get(`/username_availability?username=${encodeURIComponent(username)}`, headers);
const said = ({ body }: Answer): unknown => JSON.parse(body);

/** `fetch` sends no body with GET. */
async function askWithBody(url: string, body: string): Promise<void> {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': body.length,
    Connection: 'close',
  };
  const question = request(`${url}/username_availability?username=mary`, { headers }).end(body);
  const [answer] = (await once(question, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  await once(answer.resume(), 'end');
}

describe('GET /username_availability', () => {
  let app: TestApp;
  let susan: Visitor;
  let stranger: Visitor;

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    await app.signedIn('john');
  });
  beforeEach(() => (stranger = app.visitor()));
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    expect(app.log.errors).toEqual([]);
    await app.stop();
  });

  it('says in JSON, to be kept by nobody, that a name is free', async () => {
    const answer = await ask(stranger, 'mary');
    expect(answer.status).toBe(200);
    expect(said(answer)).toEqual(FREE);
    expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  it.each(['susan', 'SUSAN', 'sUsAn', ' susan '])('says that %j is taken, and no more', async (name) => {
    expect(said(await ask(stranger, name))).toEqual(TAKEN);
  });

  it('lets people have the name that they have, in any case, and nobody else', async () => {
    expect(said(await ask(susan, 'susan'))).toEqual(FREE);
    expect(said(await ask(susan, 'Susan'))).toEqual(FREE);
    expect(said(await ask(susan, 'john'))).toEqual(TAKEN);
  });

  it('does not let the query say whose name it is', async () => {
    const answer = await stranger.get('/username_availability?username=susan&originalUsername=susan');
    expect(said(answer)).toEqual(TAKEN);
  });

  it.each(['susan', 'not a name', '.dot', 'nul\0', 'x'.repeat(65), 'ü '.repeat(70), ' ', 'mary'])(
    'says of %j what the form says',
    async (username) => {
      // Everything else in the form is wrong, so that nobody is registered.
      const refused = fieldErrors(await stranger.register(username, { email: '', password: '' }));
      const message = refused.username?.join(' ') ?? FREE.message;
      expect(said(await ask(stranger, username))).toEqual({ available: !refused.username, message });
    },
  );

  it.each([
    ['', REQUIRED],
    ['?username', REQUIRED],
    ['?name=mary', REQUIRED],
    ['?username=mary&username=susan', { available: false }],
    ['?username[]=mary', { available: false }],
    ['?username[toString]=mary', { available: false }],
    ['?__proto__[username]=mary', REQUIRED],
    ['?username=%00', { available: false }],
    ['?username=%ED%A0%80', { available: false }],
    ['?username=%', { available: false }],
  ])('finds no name in the query "%s"', async (query, expected) => {
    const answer = await stranger.get(`/username_availability${query}`);
    expect(answer.status).toBe(200);
    expect(said(answer)).toMatchObject(expected);
    expect(said(answer)).toEqual({ available: false, message: expect.stringMatching(/\.$/) as string });
  });

  it('bears a name of 10,000 characters', async () => {
    expect(said(await ask(stranger, 'x'.repeat(10_000)))).toMatchObject({ available: false });
  });

  it('asks the database for one row of a name that can be, and for none of another; it writes nothing', async () => {
    const queries = jest.spyOn(app.nest.get(DataSource).logger, 'logQuery');
    await ask(stranger, 'not a name');
    expect(queries).not.toHaveBeenCalled();
    await ask(stranger, 'susan');
    await ask(susan, 'mary');
    const statements = queries.mock.calls.map(([sql]) => sql.split(' ')[0]);
    expect(statements).toEqual(['SELECT', 'SELECT', 'SELECT']);
  });

  it('needs no cookie and sets none', async () => {
    const answer = await ask(stranger, 'mary');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('answers HEAD with no body, and POST with what is allowed', async () => {
    const head = await stranger.send('/username_availability?username=mary', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
    const post = await stranger.send('/username_availability', { method: 'POST' });
    expect([post.status, post.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('logs nothing', async () => {
    const before = app.log.entries.length;
    await ask(stranger, 'mary');
    await ask(stranger, 'not a name');
    expect(app.log.entries.slice(before)).toEqual([]);
  });

  it('is known to the fields in which people choose their names, and to no other', async () => {
    const addressesOn = async (visitor: Visitor, path: string) =>
      (await visitor.get(path)).page
        .querySelectorAll('input')
        .map((input) => [input.getAttribute('name'), input.getAttribute('data-availability-url')])
        .filter(([, url]) => url);
    const expected = [['username', '/username_availability']];
    expect(await addressesOn(stranger, '/register')).toEqual(expected);
    expect(await addressesOn(susan, '/edit_profile')).toEqual(expected);
    expect(await addressesOn(stranger, '/login')).toEqual([]);
  });
});

describe('How often GET /username_availability may be asked', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start({ AUTH_RATE_LIMIT: '2' });
  });
  afterEach(() => app.stop());

  const from = (address: string) => ({ 'X-Forwarded-For': address });
  const askOften = async (visitor: Visitor, times: number, address: string) => {
    const statuses = new Set<number>();
    for (let asked = 0; asked < times; asked++)
      statuses.add((await ask(visitor, `name${asked}`, from(address))).status);
    return [...statuses];
  };
  const signIn = async (visitor: Visitor, address: string) => {
    const csrf_token = await visitor.csrfToken();
    const body = new URLSearchParams({ csrf_token, username: 'susan', password: 'a wrong password' });
    return (await visitor.send('/login', { method: 'POST', headers: from(address), body })).status;
  };

  it('is three times as often as sign-in may be attempted, from one address', async () => {
    const stranger = app.visitor();
    expect(await askOften(stranger, 6, '192.0.2.1')).toEqual([200]);
    const answer = await ask(stranger, 'mary', { ...from('192.0.2.1'), Accept: 'application/json' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('Retry-After'))).toBeLessThanOrEqual(60);
    expect((await ask(stranger, 'mary', from('192.0.2.2'))).status).toBe(200);
    expect(app.log.errors).toEqual([]);
  });

  it('is no question of the name, not even of one in a body', async () => {
    const url = await app.nest.getUrl();
    for (let number = 1; number <= 5; number++) await askWithBody(url, 'username=susan');
    expect(await signIn(app.visitor(), '192.0.2.9')).toBe(422);
  });

  it('is the same for a name that many ask for', async () => {
    for (let number = 1; number <= 10; number++) {
      expect((await ask(app.visitor(), 'susan', from(`192.0.2.${number}`))).status).toBe(200);
    }
  });

  it('takes nothing from sign-in, nor sign-in from it', async () => {
    const stranger = app.visitor();
    expect(await askOften(stranger, 7, '192.0.2.1')).toEqual([200, 429]);
    expect(await signIn(stranger, '192.0.2.1')).toBe(422);
    expect(await signIn(stranger, '192.0.2.1')).toBe(422);
    expect(await signIn(stranger, '192.0.2.1')).toBe(429);
    expect(await askOften(stranger, 6, '192.0.2.3')).toEqual([200]);
    expect((await ask(stranger, 'susan', from('192.0.2.4'))).status).toBe(200);
    expect((await ask(stranger, 'susan', from('192.0.2.1'))).status).toBe(429);
  });

  it('hides secrets in the log when it was too often', async () => {
    await askOften(app.visitor(), 6, '192.0.2.1');
    await app.visitor().get('/username_availability?username=mary&token=s3cr3t-c4n4ry', from('192.0.2.1'));
    expect(app.log.warnings).toEqual(['429 GET /username_availability?username=mary&token=[hidden]']);
  });

  it('is not limited where AUTH_RATE_LIMIT is 0', async () => {
    const unlimited = await TestApp.start({ AUTH_RATE_LIMIT: '0' });
    expect(await askOften(unlimited.visitor(), 100, '192.0.2.1')).toEqual([200]);
    await unlimited.stop();
  });
});

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FailingModule } from '../../support/failing.module';
import { TestApp } from '../../support/test-app';
import { Visitor } from '../../support/visitor';

const LONG = 'x'.repeat(9_500);

/** What a stranger can have refused, each time with as much text as Node's HTTP parser lets through. */
const FLOODS: Record<number, (visitor: Visitor, csrfToken: string) => Promise<{ status: number }>> = {
  400: (visitor) =>
    visitor.send(`/login?${LONG}`, {
      method: 'POST',
      body: `{${LONG}`,
      headers: { 'Content-Type': 'application/json' },
    }),
  401: (visitor) => visitor.get(`/index?${LONG}`, { Accept: 'application/json' }),
  403: (visitor) => visitor.send(`/login?${LONG}`, { method: 'POST' }),
  404: (visitor) => visitor.get(`/${LONG}`),
  405: (visitor) => visitor.send(`/login?${LONG}`, { method: 'PUT' }),
  409: (visitor) => visitor.get(`/failing/status/409?${LONG}`),
  413: (visitor) =>
    visitor.send(`/login?${LONG}`, { method: 'POST', body: new URLSearchParams({ x: 'x'.repeat(110_000) }) }),
  415: (visitor) =>
    visitor.send(`/login?${LONG}`, { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/csv' } }),
  429: (visitor, csrfToken) => visitor.postWithToken(`/login?${LONG}`, { username: LONG }, csrfToken),
};
const ROUNDS = 12;
const SETTINGS = { LOG_MAX_BYTES: '10240', LOG_BACKUP_COUNT: '10' };

describe('The log, at the size that the original has', () => {
  let app: TestApp;
  let reference: string;

  beforeAll(async () => {
    app = await TestApp.start({ ...SETTINGS, AUTH_RATE_LIMIT: '1' }, [FailingModule]);
    const { headers } = await app.visitor().get('/failing/handler');
    reference = headers.get('Error-Reference') ?? '';
  });
  afterAll(() => app.stop());

  const read = (name: string) => readFileSync(join(app.logDirectory, name), 'utf8');
  const sizes = (name: string) =>
    readdirSync(app.logDirectory)
      .filter((file) => file.startsWith(name))
      .map((file) => statSync(join(app.logDirectory, file)).size);

  it.each(Object.keys(FLOODS).map(Number))(
    'keeps the reference of an error through a flood of %d',
    async (status) => {
      const visitor = app.visitor();
      const token = await visitor.csrfToken();
      if (status === 429) await FLOODS[status]?.(visitor, token);
      const before = app.log.warnings.length;
      for (let round = 0; round < ROUNDS; round++) {
        expect(await FLOODS[status]?.(visitor, token)).toMatchObject({ status });
      }
      expect(app.log.warnings.length - before).toBeGreaterThanOrEqual(ROUNDS);
      expect(reference).not.toBe('');
      expect(read('microblog.log').includes(reference)).toBe(true);
    },
  );

  it('has every channel in files of the size and number that were set', () => {
    for (const name of ['microblog.log', 'client-errors.log', 'security.log']) {
      expect(sizes(name).length).toBeLessThanOrEqual(11);
      expect(Math.max(0, ...sizes(name))).toBeLessThanOrEqual(10_240);
    }
    expect(sizes('client-errors.log').length).toBeGreaterThan(1);
  });

  it('cuts what a stranger puts into the message of a line, or of an error', async () => {
    const visitor = app.visitor();
    await visitor.get(`/failing/unlike?word=${'y'.repeat(14_000)}`);
    await visitor.get(`/${'y'.repeat(14_000)}`);
    const mine = app.log.entries.filter(({ message }) => message.includes('yyy'));
    expect(mine).toHaveLength(2);
    // A URL of 2,000 characters, and a message of as many.
    for (const { message } of mine) expect(message.length).toBeLessThan(4_300);
  });
});

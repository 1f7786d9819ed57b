import { WriteLockTimeoutError } from '@microblog/unit-of-work';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { LazyTransaction } from '../../packages/unit-of-work/src/lazy-transaction';
import { isPostgres } from '../support/database';
import { Gate, SlowPostsModule } from '../support/slow-posts.module';
import { TestApp } from '../support/test-app';
import { Visitor } from '../support/visitor';

describe('Transactions', () => {
  let app: TestApp;
  let susan: Visitor;

  beforeAll(async () => {
    app = await TestApp.start({}, [SlowPostsModule]);
    susan = await app.signedIn('susan');
  });
  afterAll(() => app.stop());

  const post = async (visitor: Visitor, path: string, fields: Record<string, string>) =>
    visitor.postWithToken(path, fields, await visitor.csrfToken('/index'));
  const bodies = async () => {
    const rows: { body: string }[] = await app.nest.get(DataSource).query('SELECT body FROM posts');
    return rows.map(({ body }) => body);
  };

  it('of 50 overlapping saves, half of which fail, leave exactly what was acknowledged', async () => {
    const visitors = await Promise.all(
      Array.from({ length: 10 }, (_, index) => app.signedIn(`person${index}`)),
    );
    const tokens = await Promise.all(visitors.map((visitor) => visitor.csrfToken('/index')));
    const saves = Array.from({ length: 50 }, (_, index) => ({
      about_me: `save ${index}`,
      pause: String((index * 7) % 5),
      outcome: index % 2 === 0 ? 'fail' : 'succeed',
    }));
    const answers = await Promise.all(
      saves.map(async (save, index) => {
        const who = index % visitors.length;
        const answer = await visitors[who]?.postWithToken('/slow/profile', save, tokens[who] ?? '');
        return { about_me: save.about_me, who, status: answer?.status };
      }),
    );
    const acknowledged = answers.filter(({ status }) => status === 303);
    expect(acknowledged).toHaveLength(25);
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(25);
    expect((await bodies()).sort()).toEqual(acknowledged.map(({ about_me }) => about_me).sort());
    const people: { username: string; about_me: string }[] = await app.nest
      .get(DataSource)
      .query(`SELECT username, about_me FROM users WHERE username LIKE 'person%'`);
    for (const { username, about_me } of people) {
      const saved = acknowledged
        .filter(({ who }) => `person${who}` === username)
        .map((save) => save.about_me);
      expect(saved.length === 0 ? [''] : saved).toContain(about_me);
    }
  });

  it('are invisible to readers while they are open, and stop no reader', async () => {
    const gate = app.nest.get(Gate, { strict: false });
    const writing = post(susan, '/slow/wait', { body: 'In the making' });
    await gate.reached;
    const before = await susan.withSameCookies().get('/index');
    expect(before.status).toBe(200);
    expect(before.text).not.toContain('In the making');
    const plainWrite = susan.post('/posts', { body: 'Written meanwhile' });
    gate.letPass();
    expect((await writing).status).toBe(303);
    expect((await plainWrite).status).toBe(303);
    expect((await susan.get('/index')).text).toContain('In the making');
    expect((await susan.get('/index')).text).toContain('Written meanwhile');
  });

  it.each(['no-such-template', 'edit_profile'])(
    'save nothing when the page %s cannot be rendered after the insert',
    async (template) => {
      const answer = await post(susan, '/slow/broken-page', { template });
      expect(answer.status).toBe(500);
      expect(answer.text).toContain('An unexpected error has occurred');
      expect(await bodies()).not.toContain('Not to be saved');
    },
  );

  it('are settled once when the client has gone in the middle', async () => {
    const other = await TestApp.start({}, [SlowPostsModule]);
    const john = await other.signedIn('john');
    const gate = other.nest.get(Gate, { strict: false });
    const token = await john.csrfToken('/index');
    const client = new AbortController();
    const gone = john.send('/slow/wait', {
      method: 'POST',
      body: new URLSearchParams({ csrf_token: token, body: 'Sent and left' }),
      signal: client.signal,
    });
    await gate.reached;
    const statements = jest.spyOn(other.nest.get(DataSource).logger, 'logQuery');
    client.abort();
    await expect(gone).rejects.toThrow();
    gate.letPass();
    while (!(await john.get('/index')).text.includes('Sent and left'));
    const settled = statements.mock.calls.filter(([sql]) => /^(COMMIT|ROLLBACK)$/.test(sql));
    expect(settled).toHaveLength(1);
    expect(other.log.errors).toEqual([]);
    await other.stop();
  });

  it('say that nothing was saved when they could not begin', async () => {
    const begin = jest
      .spyOn(LazyTransaction.prototype as unknown as { begin(): Promise<unknown> }, 'begin')
      .mockRejectedValue(new Error('no connection'));
    const answer = await susan.post('/posts', { body: 'Never begun' });
    begin.mockRestore();
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('Nothing was saved.');
    expect(await bodies()).not.toContain('Never begun');
  });

  it('are refused with 503 while the database has no time for them', async () => {
    const begin = jest
      .spyOn(LazyTransaction.prototype as unknown as { begin(): Promise<unknown> }, 'begin')
      .mockRejectedValue(new WriteLockTimeoutError('another process is writing'));
    const answer = await post(susan, '/posts', { body: 'Too busy' });
    begin.mockRestore();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('10');
    expect(await bodies()).not.toContain('Too busy');
  });

  if (isPostgres)
    it('are refused with 503 while all connections are in use', async () => {
      const other = await TestApp.start({}, [SlowPostsModule]);
      const john = await other.signedIn('john');
      const token = await john.csrfToken('/index');
      const { driver } = other.nest.get(DataSource);
      const pool = (driver as unknown as { master: Pool }).master;
      const connections = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
      const { connectionTimeoutMillis } = pool.options;
      pool.options.connectionTimeoutMillis = 100;
      const answer = await john.postWithToken('/posts', { body: 'No connection' }, token);
      pool.options.connectionTimeoutMillis = connectionTimeoutMillis;
      for (const connection of connections) connection.release();
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Retry-After')).toBe('10');
      expect((await john.get('/index')).text).not.toContain('No connection');
      await other.stop();
    });

  if (isPostgres)
    it('say that nothing was saved, and why, when the connection is lost in the middle', async () => {
      const other = await TestApp.start({}, [SlowPostsModule]);
      const john = await other.signedIn('john');
      const token = await john.csrfToken('/index');
      const lost = john.postWithToken('/slow/profile', { about_me: 'Cut off', pause: '500' }, token);
      const terminated = async () => {
        const rows: unknown[] = await other.nest
          .get(DataSource)
          .query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
          );
        return rows.length > 0;
      };
      while (!(await terminated()));
      const answer = await lost;
      expect(answer.status).toBe(500);
      expect(answer.text).toContain('Nothing was saved.');
      expect(other.log.errors).toHaveLength(1);
      expect(other.log.errors[0]).toMatch(/ConnectionLostError|terminating connection/);
      await other.stop();
    });

  it('save nothing when the handler itself answers with 500', async () => {
    const answer = await post(susan, '/slow/server-error-page', { body: 'Nor this' });
    expect(answer.status).toBe(500);
    expect(await bodies()).not.toContain('Nor this');
  });
});

import { AfterQueryEvent, DataSource } from 'typeorm';
import { addressOf, routesOf } from '../../support/routes';
import { FailingModule } from '../../support/failing.module';
import { TestApp } from '../../support/test-app';
import { PASSWORD } from '../../support/visitor';
import { isPostgres } from '../../support/database';

/** A statement that a request has run. */
type Query = Pick<AfterQueryEvent, 'query' | 'parameters'>;

/** A line of a plan, of PostgreSQL or of SQLite. */
interface Plan {
  readonly 'QUERY PLAN'?: string;
  readonly detail?: string;
}

describe('Every query of every route', () => {
  let app: TestApp;
  const queries = new Map<string, Query>();

  beforeAll(async () => {
    app = await TestApp.start({}, [FailingModule]);
    await visitAll(app, queries);
  });
  afterAll(() => app.stop());

  it('is seen here', () => {
    const tables = [...queries.keys()].join('\n');
    for (const table of ['users', 'sessions', 'posts', 'submissions']) {
      expect(tables).toMatch(new RegExp(`FROM "${table}"`));
    }
    expect(queries.size).toBeGreaterThan(15);
  });

  it('finds its rows by an index, or ends after a page of them', async () => {
    const slow = await plansThatReadAll([...queries.values()]);
    expect(slow).toEqual({});
  });

  it('would be found here if it read a whole table', async () => {
    const query = `SELECT * FROM "posts" WHERE "body" = 'a'`;
    expect(Object.keys(await plansThatReadAll([{ query, parameters: [] }]))).toEqual([query]);
  });

  async function plansThatReadAll(all: readonly Query[]): Promise<Record<string, string>> {
    const runner = app.nest.get(DataSource).createQueryRunner();
    const slow: Record<string, string> = {};
    try {
      // Tables this small would be read from end to end for their size.
      if (isPostgres) await runner.query('SET enable_seqscan = off');
      for (const { query, parameters } of all) {
        const explain = `${isPostgres ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN'} ${query}`;
        const rows = (await runner.query(explain, parameters as unknown[])) as unknown as Plan[];
        const plan = rows.map((row) => row['QUERY PLAN'] ?? row.detail).join('\n');
        if (readsAll(plan, query)) slow[query] = plan;
      }
      if (isPostgres) await runner.query('RESET enable_seqscan');
    } finally {
      await runner.release();
    }
    return slow;
  }
});

/** A scan ends with the LIMIT, unless what it finds is sorted first. In SQLite's plans SEARCH is by an index. */
function readsAll(plan: string, query: string): boolean {
  const isScan = isPostgres ? plan.includes('Seq Scan') : /^SCAN/m.test(plan);
  return isScan && (!/ LIMIT \d+/.test(query) || /TEMP B-TREE|Sort/.test(plan));
}

async function visitAll(app: TestApp, queries: Map<string, Query>): Promise<void> {
  const dataSource = app.nest.get(DataSource);
  dataSource.subscribers.push({
    afterQuery: ({ query, parameters }: AfterQueryEvent) => {
      if (/^(?:SELECT|UPDATE|DELETE|INSERT)/.test(query)) queries.set(query, { query, parameters });
    },
  });
  const susan = await app.signedIn('susan');
  await susan.post('/posts', { body: 'First' }, { from: '/index' });
  await susan.post('/edit_profile', { username: 'susan', about_me: 'Hello' });
  await app.visitor().signIn('susan', { password: 'a wrong password' });
  const parameters = { username: 'susan', id: '1', number: '1', status: '404' };
  for (const route of routesOf(app.nest)) {
    if (route.method !== 'GET' || route.path.startsWith('/failing')) continue;
    await susan.get(addressOf(route, parameters));
    await app.visitor().get(addressOf(route, parameters));
  }
  for (const path of ['/index', '/user/susan']) {
    for (const query of ['page=2', 'page=2&before=9', 'page=2&after=0']) await susan.get(`${path}?${query}`);
  }
  await susan.get('/username_availability?username=somebody');
  await susan.get('/failing/service');
  await susan.post('/posts/1/delete', {}, { from: '/index' });
  await susan.post('/posts/1/restore', {}, { from: '/index' });
  await susan.post('/change_password', {
    current_password: PASSWORD,
    password: 'another long password',
    password2: 'another long password',
  });
  await susan.signOut();
}

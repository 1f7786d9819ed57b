/**
 * Whether pages get slower as the database grows: the same requests to an application with a thousand people and ten thousand posts, and to one
 * with a million and ten million, in turn. With DATABASE_URL on PostgreSQL, else on SQLite.
 *
 *     npm run bench:growth
 *     BENCH_PEOPLE=100000 BENCH_POSTS=1000000 npm run bench:growth
 */
const { randomBytes } = require('node:crypto');
const { Browser, PASSWORD, expectStatus, interleave, median, printTable, withApp } = require('./support');

const SMALL = { people: 1_000, posts: 10_000 };
const LARGE = {
  people: Number(process.env.BENCH_PEOPLE ?? 1_000_000),
  posts: Number(process.env.BENCH_POSTS ?? 10_000_000),
};
const PAGE_SIZE = 25;
/** Of the small database the last page. */
const DEEP = SMALL.posts / PAGE_SIZE;
const ROUNDS = { rounds: 60, warmUp: 10 };

withApp((small, smallDatabase) =>
  withApp(async (large, largeDatabase) => {
    const kinds = {};
    for (const [name, app, database, size] of [
      ['small', small, smallDatabase, SMALL],
      ['large', large, largeDatabase, LARGE],
    ]) {
      const john = new Browser(app.url);
      await john.join('john');
      const start = performance.now();
      await fill(database, size);
      console.log(
        `${name}: ${size.people} people and ${size.posts} posts, made in ${((performance.now() - start) / 1000).toFixed(0)} s`,
      );
      for (const [kind, ask] of Object.entries(requestsOf(app, john))) kinds[`${kind}, ${name}`] = ask;
    }
    const times = await interleave(kinds, ROUNDS);
    printTable(
      ['', 'small ms', 'large ms', 'large/small'],
      Object.keys(requestsOf(small)).map((kind) => {
        const [before, after] = ['small', 'large'].map((name) => median(times[`${kind}, ${name}`]));
        return [kind, before.toFixed(2), after.toFixed(2), (after / before).toFixed(2)];
      }),
    );
  }),
);

/** Rows beside those of the person who asks, spread over all people. */
async function fill(database, { people, posts }) {
  await database.execute(`
    BEGIN;
    WITH RECURSIVE numbers (number) AS (
      SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${people}
    )
    INSERT INTO users (username, username_key, email, email_key, password_hash, created_at, last_seen)
      SELECT 'person' || number, 'person' || number, 'person' || number || '@example.com',
        'person' || number || '@example.com', 'none', '2026-01-01 12:00:00.000', '2026-01-01 12:00:00.000'
        FROM numbers;
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${posts}
    )
    INSERT INTO posts (body, created_at, author_id)
      SELECT 'Post number ' || number, '2026-01-01 12:00:00.000', number % ${SMALL.people} * ${people / SMALL.people} + 1
        FROM numbers ORDER BY number;
    COMMIT`);
  // As it would be after a while.
  await database.execute(database.name === 'SQLite' ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'ANALYZE');
}

function requestsOf(app, john) {
  const get = (path) => async () => expectStatus(await john.get(path), 200);
  const post = (path, from, fieldsOf, status) => async () => {
    const keys = await john.formKeys(from);
    expectStatus(await john.post(path, { ...keys, ...fieldsOf() }, keys.csrf_token), status);
  };
  return {
    home: get('/index'),
    profile: get('/user/john'),
    [`page ${DEEP} of home`]: get(`/index?page=${DEEP}`),
    posting: post('/posts', '/index', () => ({ body: `Post ${randomBytes(8).toString('hex')}` }), 303),
    registration: async () => {
      const username = `new${randomBytes(8).toString('hex')}`;
      const fields = { username, email: `${username}@example.com`, password: PASSWORD, password2: PASSWORD };
      expectStatus(await new Browser(app.url).post('/register', fields), 303);
    },
    'sign-in': async () => {
      const fields = { username: 'john', password: PASSWORD };
      expectStatus(await new Browser(app.url).post('/login', fields), 303);
    },
  };
}

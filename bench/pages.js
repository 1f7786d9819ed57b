/** What a page deep in the feed costs: the first one against the thousandth, found by its cursor and by its bare number. */
const { Browser, expectStatus, interleave, printTimes, withApp } = require('./support');

const POSTS = 50_000;
const PAGE_SIZE = 25;
const DEEP = 1_000;
const ROUNDS = { rounds: 200, warmUp: 30 };

withApp(async (app, database) => {
  const susan = new Browser(app.url);
  await susan.join('susan');
  await database.execute(`
    BEGIN;
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${POSTS}
    )
    INSERT INTO posts (body, created_at, author_id)
      SELECT 'Post number ' || number, '2026-01-01 12:00:00.000', (SELECT id FROM users) FROM numbers ORDER BY number;
    COMMIT`);

  const newest = POSTS - (DEEP - 1) * PAGE_SIZE;
  const show = (path, first) => async () => {
    const page = await susan.get(path);
    expectStatus(page, 200);
    if (/Post number \d+/.exec(page.body)?.[0] !== `Post number ${first}`) {
      throw new Error(`${path} does not begin with post ${first}`);
    }
  };
  const times = await interleave(
    {
      'page 1': show('/index', POSTS),
      [`page ${DEEP}, by cursor`]: show(`/index?page=${DEEP}&before=${newest + 1}`, newest),
      [`page ${DEEP}, by number`]: show(`/index?page=${DEEP}`, newest),
    },
    ROUNDS,
  );
  console.log(`${POSTS} posts, ${ROUNDS.rounds} requests of each kind, one at a time`);
  printTimes(times);
});

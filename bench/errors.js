/** What errors cost: the pages that answer them against good pages, and the memory that is left after many of them. */
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { CONNECTIONS, load, median, openMailServer, printTable, startApp, writePosts } = require('./support');

const SERVER = join(__dirname, 'errors-server.js');
const ROUNDS = 5;
/** Of one round, in seconds. */
const DURATION = 3;
const WARM_UP = 1_000;
const ERRORS = 10_000;
/** What is counted beside the requests is counted by then, in milliseconds. */
const SETTLED = 1_000;

async function main() {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-bench-'));
  const mail = await openMailServer();
  try {
    const app = await startFailingApp(directory, mail.port);
    try {
      console.log(`SQLite, Node ${process.version}, ${CONNECTIONS} connections`);
      await measure(app, mail);
    } finally {
      await app.stop();
    }
  } finally {
    await mail.close();
    rmSync(directory, { recursive: true });
  }
}

async function measure(app, mail) {
  const { cookie } = await writePosts(app.url);
  let number = 0;
  const failing = {
    setupRequest: (request) => ({ ...request, path: `/failing/like/${++number}` }),
  };
  const kinds = {
    'good page: GET /login': { url: '/login', status: 200 },
    'good page: GET /index, signed in': { url: '/index', status: 200, headers: { Cookie: cookie } },
    '404 page: GET /nope': { url: '/nope', status: 404 },
    '500 page, mailed': { url: '/', status: 500, requests: [failing] },
  };
  const names = Object.keys(kinds);
  const run = (name, limits) => load(app.url, kinds[name], limits);
  for (const name of names) await run(name, { amount: WARM_UP });

  const before = await app.memory();
  await run('500 page, mailed', { amount: ERRORS });
  const after = await app.memory();

  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) results[name].push(await run(name, { duration: DURATION }));
  }
  printPages(results);
  printMemory(before, after);
  console.log(`${mail.count()} mails about ${number} errors`);
}

function printPages(results) {
  const rows = Object.entries(results).map(([name, rounds]) => ({
    name,
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }));
  const [good, home, , failed] = rows;
  const of = (row, other) => `${((100 * row.perSecond) / other.perSecond).toFixed(0)} %`;
  console.log(`Median of ${ROUNDS} rounds of ${DURATION} s, in turn`);
  printTable(
    ['', 'requests/s', 'p99 ms', 'of /login', 'of /index', 'target'],
    rows.map((row) => [
      row.name,
      row.perSecond.toFixed(0),
      row.p99.toFixed(1),
      of(row, good),
      of(row, home),
      row.name.startsWith('404') ? 'at least 100 %' : row === failed ? 'at least 50 %' : '',
    ]),
  );
}

function printMemory(before, after) {
  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
  console.log(`Memory before and after ${ERRORS} errors, in MB, once the garbage is collected`);
  printTable(
    ['', 'before', 'after', 'more', 'target'],
    ['heapUsed', 'rss'].map((name) => [
      name,
      megabytes(before[name]),
      megabytes(after[name]),
      megabytes(after[name] - before[name]),
      'level',
    ]),
  );
}

/** The failing application on an empty SQLite file, mailing its errors. */
async function startFailingApp(directory, mailPort) {
  const app = await startApp(`sqlite:${join(directory, 'bench.sqlite')}`, directory, {
    entry: ['--expose-gc', SERVER],
    settings: { MAIL_SERVER: '127.0.0.1', MAIL_PORT: String(mailPort), ADMINS: 'admin@example.com' },
    stdio: ['ipc'],
  });
  const memory = async () => {
    await sleep(SETTLED);
    app.process.send('memory');
    const [usage] = await once(app.process, 'message');
    return usage;
  };
  return { ...app, memory };
}

main();

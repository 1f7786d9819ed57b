/**
 * How fast pages are, as a share of the floor: the least that Node, Express, SQLite and one template can do for the same bytes.
 *
 *     npm run bench:load                    all pages
 *     npm run bench:load -- home profile    some
 *
 * One process each, in production mode. Rounds alternate between the two, so that a slow moment of the machine meets both alike.
 */
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { sqliteLibrary } = require('../dist/src/database/sqlite-library.js');
const { feedTemplate, pageTemplate } = require('./floor-templates');
const { busyShare, cpuMs, memoryMiB, warnWhereBusy } = require('./machine');
const { load, median, openMailServer, printTable, startApp, writePosts } = require('./support');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Of a page in a round, in seconds. */
const DURATION = Number(process.env.BENCH_SECONDS ?? 2);
const WARM_UP = 2_000;
const USERNAME = 'john';
/** How much the HTML of the floor may differ in length. */
const TOLERANCE = 0.1;

async function main(wanted) {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-bench-'));
  const mail = await openMailServer();
  const running = [];
  try {
    const app = await startMicroblog(directory, mail.port);
    running.push(app);
    const john = await writePosts(app.url);
    const floor = await startFloor(directory, app, john);
    running.push(floor);
    const all = await pagesOf(john, floor.session);
    const names = wanted.length > 0 ? wanted : Object.keys(all);
    const pages = Object.fromEntries(names.map((name) => [name, all[name] ?? unknown(name, all)]));
    for (const page of Object.values(pages)) await compareLengths(page, app, floor);
    await measure(pages, app, floor);
    console.log(`${mail.count()} mails`);
  } finally {
    for (const { stop } of running) await stop();
    await mail.close();
    rmSync(directory, { recursive: true });
  }
}

function startMicroblog(directory, mailPort) {
  return startApp(`sqlite:${databaseIn(directory)}`, directory, {
    entry: [join(__dirname, 'errors-server.js')],
    settings: {
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(mailPort),
      ADMINS: 'admin@example.com',
    },
  });
}

/** The floor on a copy of the database and with the pages that the application has shown. */
async function startFloor(directory, app, john) {
  const copy = join(directory, 'floor.sqlite');
  const original = new (sqliteLibrary())(databaseIn(directory));
  original.exec(`VACUUM INTO '${copy}'`);
  const session = original.prepare('SELECT token_hash FROM sessions').pluck().get();
  original.close();

  const anonymous = async (path) =>
    (await fetch(new URL(path, app.url), { headers: { Accept: 'text/html' } })).text();
  const signedIn = async (path) => (await john.get(path)).body;
  const templates = join(directory, 'floor-templates.json');
  writeFileSync(
    templates,
    JSON.stringify({
      login: pageTemplate(await anonymous('/login'), USERNAME),
      register: pageTemplate(await anonymous('/register'), USERNAME),
      home: feedTemplate(await signedIn('/index'), USERNAME),
      profile: feedTemplate(await signedIn(`/user/${USERNAME}`), USERNAME),
      edit: pageTemplate(await signedIn('/edit_profile'), USERNAME),
      403: pageTemplate((await john.post('/edit_profile', {}, 'none')).body, USERNAME),
      404: pageTemplate(await anonymous('/nope'), USERNAME),
      '404 signed in': pageTemplate(await signedIn('/nope'), USERNAME),
      500: pageTemplate(await anonymous('/failing/like/0'), USERNAME),
    }),
  );
  const floor = await startApp('', directory, {
    entry: [join(__dirname, 'floor-server.js')],
    settings: { FLOOR_DATABASE: copy, FLOOR_TEMPLATES: templates },
  });
  return { ...floor, session };
}

const databaseIn = (directory) => join(directory, 'bench.sqlite');

/** By name, what is asked of the application and what of the floor. */
async function pagesOf(john, session) {
  let number = 0;
  const headers = { Cookie: john.cookie };
  const floorHeaders = { Cookie: `session=${session}` };
  const anonymous = (url, status = 200) => ({ app: { url, status }, floor: { url, status } });
  const signedIn = (url, status = 200) => ({
    app: { url, status, headers },
    floor: { url, status, headers: floorHeaders },
  });
  const failing = (pathOf) => ({
    app: {
      url: '/',
      status: 500,
      requests: [{ setupRequest: (request) => ({ ...request, path: pathOf(++number) }) }],
    },
    floor: { url: '/error', status: 500 },
  });
  const posting = (path, status, keys, fieldsOf) => {
    const send = (own, more) => ({
      url: path,
      status,
      requests: [
        {
          method: 'POST',
          path,
          headers: { ...own, 'Content-Type': 'application/x-www-form-urlencoded' },
          // Never the same twice: what is sent again may be answered without being done.
          setupRequest: (request) => ({
            ...request,
            body: new URLSearchParams({ ...more, ...fieldsOf(++number) }).toString(),
          }),
        },
      ],
    });
    return { app: send(headers, keys), floor: send(floorHeaders, keys) };
  };
  const edited = (count) => ({ username: USERNAME, about_me: `Changed ${count} times` });
  return {
    'sign-in': anonymous('/login'),
    register: anonymous('/register'),
    home: signedIn('/index'),
    profile: signedIn(`/user/${USERNAME}`),
    'edit-profile': signedIn('/edit_profile'),
    avatar: anonymous('/avatar/1.svg'),
    'style-sheet': anonymous('/static/microblog.css'),
    'not-found': anonymous('/nope', 404),
    'not-found-signed-in': signedIn('/nope', 404),
    forbidden: posting('/edit_profile', 403, {}, edited),
    'saving-a-profile': posting('/edit_profile', 303, await john.formKeys('/edit_profile'), edited),
    posting: posting('/posts', 303, await john.formKeys('/index'), (count) => ({ body: `Post ${count}` })),
    'failing-mailed': failing((count) => `/failing/unlike/${wordOf(count)}`),
    'failing-again': failing((count) => `/failing/like/${count}`),
  };
}

/** A word of its own for each number, which no fingerprint takes for the same. */
const wordOf = (number) => [...String(number)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('');

function unknown(name, all) {
  throw new Error(`There is no page ${name}, but ${Object.keys(all).join(', ')}`);
}

/** @throws Error where the floor sends other pages than the application */
async function compareLengths({ app: asked, floor: floorAsked }, app, floor) {
  if (asked.requests) return;
  const lengthOf = async (base, { url, headers }) => {
    const response = await fetch(new URL(url, base), { headers: { Accept: 'text/html', ...headers } });
    return (await response.text()).length;
  };
  const [length, floorLength] = [await lengthOf(app.url, asked), await lengthOf(floor.url, floorAsked)];
  if (Math.abs(floorLength / length - 1) > TOLERANCE) {
    throw new Error(`${asked.url} has ${length} characters, and ${floorLength} at the floor`);
  }
}

async function measure(pages, app, floor) {
  const sides = { app, floor };
  const results = {};
  const busy = [];
  for (const [name, page] of Object.entries(pages)) {
    for (const side of ['app', 'floor']) await load(sides[side].url, page[side], { amount: WARM_UP });
    busy.push(await busyShare());
    results[name] = { app: [], floor: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of round % 2 === 0 ? ['app', 'floor'] : ['floor', 'app']) {
        results[name][side].push(await measureOnce(sides[side], page[side]));
      }
    }
    results[name].memory = memoryMiB(app.process.pid);
  }
  print(results);
  warnWhereBusy(median(busy));
}

async function measureOnce({ url, process: { pid } }, page) {
  const before = cpuMs(pid);
  const { perSecond, p99, times } = await load(url, page, { duration: DURATION });
  return { perSecond, p99, cpu: (cpuMs(pid) - before) / times.length };
}

function print(results) {
  console.log(
    `SQLite, Node ${process.version}; median of ${ROUNDS} rounds of ${DURATION} s, one process each`,
  );
  const rows = Object.entries(results).map(([name, { app, floor, memory }]) => {
    const of = (side, key) => median(side.map((round) => round[key]));
    return [
      name,
      of(app, 'perSecond').toFixed(0),
      of(floor, 'perSecond').toFixed(0),
      (of(app, 'perSecond') / of(floor, 'perSecond')).toFixed(2),
      of(app, 'p99').toFixed(0),
      of(app, 'cpu').toFixed(2),
      of(floor, 'cpu').toFixed(2),
      (of(floor, 'cpu') / of(app, 'cpu')).toFixed(2),
      memory.toFixed(0),
    ];
  });
  const headings = ['requests/s', 'floor', 'ratio', 'p99 ms', 'CPU ms', 'floor', 'ratio', 'MiB'];
  printTable(['', ...headings], rows);
}

main(process.argv.slice(2));

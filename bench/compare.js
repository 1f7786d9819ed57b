/**
 * Whether anything has got slower: the pages of this checkout against those of another one that is built, such as the last release.
 *
 *     npm run bench:compare -- ../base
 *
 * Rounds alternate between the two, so that a slow moment of the machine meets both alike; a page is compared round by round. The time of
 * the processor, which Linux tells, hardly depends on what else runs on the machine, and decides where it is known.
 */
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { busyShare, cpuMs, warnWhereBusy } = require('./machine');
const {
  CONNECTIONS,
  load,
  median,
  openMailServer,
  printTable,
  quantile,
  startApp,
  writePosts,
} = require('./support');

const NEW = resolve(__dirname, '..');
const ROUNDS = 5;
/** Of each page, in each of its rounds. */
const REQUESTS = 200;
const WARM_UP = 500;
/** A page that has not been answered so often by then is compared by what there is. */
const LONGEST_MS = 5_000;
/** What a page may take longer than it did. */
const TOLERANCE = 1.1;

async function main([base]) {
  if (base === undefined || !existsSync(join(base, 'dist'))) {
    console.error('Say where the other checkout is, built: npm run bench:compare -- DIRECTORY');
    process.exitCode = 1;
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'microblog-bench-'));
  const mail = await openMailServer();
  const sides = [];
  try {
    for (const checkout of [resolve(base), NEW]) sides.push(await start(checkout, directory, mail.port));
    await compare(sides);
  } finally {
    for (const { app } of sides) await app.stop();
    await mail.close();
    rmSync(directory, { recursive: true });
  }
}

/** The application of a checkout with its routes that fail, and a page full of posts. */
async function start(checkout, directory, mailPort) {
  const home = mkdtempSync(join(directory, 'app-'));
  const app = await startApp(`sqlite:${join(home, 'bench.sqlite')}`, home, {
    entry: [join(checkout, 'bench/errors-server.js')],
    settings: {
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(mailPort),
      ADMINS: 'admin@example.com',
    },
  });
  const john = await writePosts(app.url);
  return { checkout, app, pages: await pagesOf(john) };
}

/** What is asked for, by name. */
async function pagesOf(john) {
  const Cookie = john.cookie;
  const signedIn = { headers: { Cookie } };
  let number = 0;
  const failing = { setupRequest: (request) => ({ ...request, path: `/failing/like/${++number}` }) };
  const form = async (path, from, fieldsOf) => {
    const keys = await john.formKeys(from);
    const post = {
      method: 'POST',
      path,
      headers: { Cookie: john.cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
      setupRequest: (request) => ({
        ...request,
        // Never the same twice: what is sent again may be answered without being done.
        body: new URLSearchParams({ ...keys, ...fieldsOf(++number) }).toString(),
      }),
    };
    return { url: path, status: 303, requests: [post] };
  };
  return {
    'sign-in page': { url: '/login', status: 200 },
    'home, signed in': { url: '/index', status: 200, ...signedIn },
    'profile, signed in': { url: '/user/john', status: 200, ...signedIn },
    '404, anonymous': { url: '/nope', status: 404 },
    '404, signed in': { url: '/nope', status: 404, ...signedIn },
    '500, mailed': { url: '/', status: 500, requests: [failing] },
    'style sheet': { url: '/static/microblog.css', status: 200 },
    'saving a profile': await form('/edit_profile', '/edit_profile', (count) => ({
      username: 'john',
      about_me: `Changed ${count} times`,
    })),
    posting: await form('/posts', '/index', (count) => ({ body: `Post number ${count}` })),
  };
}

async function compare(sides) {
  const names = Object.keys(sides[0].pages);
  const run = ({ app, pages }, name, amount) => load(app.url, pages[name], { amount, longestMs: LONGEST_MS });
  for (const side of sides) for (const name of names) await run(side, name, WARM_UP);

  const busy = [];
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    busy.push(await busyShare());
    for (const name of names) {
      const both = [];
      // Neither comes first every time.
      for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const { pid } = sides[which].app.process;
        const before = cpuMs(pid);
        const { times } = await run(sides[which], name, REQUESTS);
        both[which] = { times, cpu: (cpuMs(pid) - before) / times.length };
      }
      results[name].push(both);
    }
  }
  console.log(`SQLite, Node ${process.version}, ${CONNECTIONS} connections; old: ${sides[0].checkout}`);
  console.log(
    `Milliseconds of ${ROUNDS} rounds of ${REQUESTS} requests each; new/old is the median of the rounds`,
  );
  print(results);
  warnWhereBusy(median(busy));
}

function print(results) {
  const rows = Object.entries(results).map(([name, rounds]) => {
    const ratios = rounds.map(([before, after]) => median(after.times) / median(before.times));
    const [before, after] = [0, 1].map((which) => ({
      times: rounds.flatMap((round) => round[which].times),
      cpu: rounds.reduce((total, round) => total + round[which].cpu, 0) / rounds.length,
    }));
    const p99 = [before, after].map(({ times }) => quantile(times, 0.99));
    const cpu = after.cpu / before.cpu;
    return [
      name,
      ...[median(before.times), median(after.times), median(ratios)].map(twoPlaces),
      `${twoPlaces(Math.min(...ratios))} to ${twoPlaces(Math.max(...ratios))}`,
      ...[...p99, p99[1] / p99[0], before.cpu, after.cpu, cpu].map(twoPlaces),
      (Number.isNaN(cpu) ? median(ratios) : cpu) > TOLERANCE ? 'slower' : '',
    ];
  });
  const headings = ['old', 'new', 'new/old', 'of the rounds', 'old p99', 'new p99', 'new/old'];
  printTable(['', ...headings, 'old CPU', 'new CPU', 'new/old', ''], rows);
}

const twoPlaces = (number) => number.toFixed(2);

main(process.argv.slice(2));

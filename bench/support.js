const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { createInterface } = require('node:readline');
const { clearTimeout, setTimeout } = require('node:timers');
const { setTimeout: sleep } = require('node:timers/promises');
const autocannon = require('autocannon');
const { sqliteLibrary } = require('../dist/src/database/sqlite-library.js');
const { Client } = require('pg');
const { SMTPServer } = require('smtp-server');

const MAIN = resolve(__dirname, '../dist/src/main.js');
const PASSWORD = 'a long password';
const POSTS = 25;
/** That send requests at the same time, where as many are sent as are answered. */
const CONNECTIONS = 10;

/** Runs a benchmark with the built application on a database of its own, and leaves nothing behind. */
async function withApp(measure) {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-bench-'));
  const database = await createDatabase(directory);
  try {
    const app = await startApp(database.url, directory);
    try {
      console.log(`${database.name}, Node ${process.version}`);
      await measure(app, database);
    } finally {
      await app.stop();
    }
  } finally {
    await database.drop();
    rmSync(directory, { recursive: true });
  }
}

/** An empty database: on the server of DATABASE_URL where that is PostgreSQL, else an SQLite file. */
function createDatabase(directory) {
  const { DATABASE_URL = '' } = process.env;
  return /^postgres(ql)?:/.test(DATABASE_URL)
    ? createPostgresDatabase(DATABASE_URL)
    : createSqliteDatabase(join(directory, 'bench.sqlite'));
}

function createSqliteDatabase(file) {
  return {
    name: 'SQLite',
    url: `sqlite:${file}`,
    execute: (sql) => {
      const connection = new (sqliteLibrary())(file);
      connection.exec(sql);
      connection.close();
    },
    drop: () => undefined,
  };
}

async function createPostgresDatabase(server) {
  const name = `microblog_bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  await onPostgres(server, `CREATE DATABASE ${name}`);
  return {
    name: 'PostgreSQL',
    url: url.href,
    execute: (sql) => onPostgres(url.href, sql),
    drop: () => onPostgres(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onPostgres(connectionString, sql) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Starts an application and waits until it serves.
 *
 * @param entry what Node runs, with its options
 * @param settings variables of the environment beside those that every benchmark needs
 */
async function startApp(databaseUrl, directory, { entry = [MAIN], settings = {}, stdio = [] } = {}) {
  const app = spawn(process.execPath, [...process.execArgv, '--enable-source-maps', ...entry], {
    // Away from the `.env` and the key file of the checkout.
    cwd: directory,
    env: {
      PORT: '0',
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'a key for benchmarks, long enough to sign with',
      NODE_ENV: 'production',
      AUTH_RATE_LIMIT: '0',
      WEB_CONCURRENCY: '1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit', ...stdio],
  });
  const end = once(app, 'exit');
  for await (const line of createInterface(app.stdout)) {
    const [, url] = /Ready at (\S+)/.exec(line) ?? [];
    if (!url) continue;
    // A pipe that nobody reads would stop the application once it is full.
    app.stdout.resume();
    return { url, process: app, stop: () => app.kill() && end };
  }
  throw new Error('The application did not start');
}

/** An SMTP server that takes every mail. */
async function openMailServer() {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, callback) => {
      stream.resume().on('end', () => {
        count++;
        callback();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: server.server.address().port,
    count: () => count,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Somebody with a browser: keeps cookies, sends forms with a token. */
class Browser {
  #url;
  #cookies = new Map();

  constructor(url) {
    this.#url = url;
  }

  /** As a request carries them. */
  get cookie() {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  get(path) {
    return this.#send(path);
  }

  async post(path, fields, token) {
    const csrf_token = token ?? (await this.csrfToken(path));
    return this.#send(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrf_token }) });
  }

  async csrfToken(path) {
    return (await this.formKeys(path)).csrf_token;
  }

  /** What the forms of a page carry beside what people type. */
  async formKeys(path) {
    const { body } = await this.get(path);
    const inputs = body.matchAll(/name="(csrf_token|submission_key)" value="([^"]+)"/g);
    return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
  }

  /** Registers and signs in, through the real forms. */
  async join(username) {
    const password = PASSWORD;
    const email = `${username}@example.com`;
    expectStatus(await this.post('/register', { username, email, password, password2: password }), 303);
    expectStatus(await this.post('/login', { username, password }), 303);
  }

  async #send(path, init = {}) {
    const response = await fetch(new URL(path, this.#url), {
      ...init,
      // What is kept open while nothing is asked is closed by the server just when the next request comes.
      headers: { Cookie: this.cookie, Connection: 'close' },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    return { path, status: response.status, body: await response.text() };
  }
}

/** @returns somebody whose home page is full, in a browser */
async function writePosts(url) {
  const john = new Browser(url);
  await john.join('john');
  const token = await john.csrfToken('/index');
  for (let number = 1; number <= POSTS; number++) {
    expectStatus(await john.post('/posts', { body: `Post number ${number}` }, token), 303);
  }
  const { body } = await john.get('/index');
  const shown = body.match(/Post number/g)?.length;
  if (shown !== POSTS) throw new Error(`The home page shows ${shown} posts instead of ${POSTS}`);
  return john;
}

function expectStatus({ path, status, body }, expected) {
  if (status !== expected) throw new Error(`${path} answered ${status} instead of ${expected}:\n${body}`);
}

/**
 * Sends requests of one kind as fast as they are answered.
 *
 * @param limits how much of it: `duration` in seconds, or an `amount` of requests, for which no more than `longestMs` are taken
 */
async function load(base, { url, status, headers = {}, requests }, { longestMs, ...limits }) {
  const times = [];
  const run = autocannon({
    url: new URL(url, base).href,
    connections: CONNECTIONS,
    headers: { Accept: 'text/html', ...headers },
    ...(requests && { requests }),
    ...limits,
  });
  run.on('response', (_client, _status, _bytes, time) => times.push(time));
  const deadline = longestMs && setTimeout(() => run.stop(), longestMs);
  const result = await run;
  clearTimeout(deadline);
  const statuses = Object.keys(result.statusCodeStats);
  if (result.errors > 0 || statuses.join() !== String(status)) {
    throw new Error(
      `${url} answered ${statuses} instead of ${status}, with ${result.errors} broken connections`,
    );
  }
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99, times };
}

/**
 * Times requests of several kinds, one at a time and in turn, so that a slow moment of the machine meets all kinds alike.
 *
 * @param kinds functions that make a request, by name
 * @param limits `rest`: milliseconds before each request in which nothing happens
 * @returns milliseconds of each request, by name
 */
async function interleave(kinds, { rounds, warmUp, rest = 0 }) {
  const names = Object.keys(kinds);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    // Nobody comes first every time.
    const first = Math.abs(round) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      if (rest > 0) await sleep(rest);
      const start = performance.now();
      await kinds[name]();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return times;
}

function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const median = (times) => quantile(times, 0.5);

/** Prints rows below their headings; numbers to the right. */
function printTable(headings, rows) {
  const table = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    console.log(
      row.map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column])).join('   '),
    );
  }
}

function printTimes(times) {
  printTable(
    ['', 'median ms', 'p95 ms', 'requests/s'],
    Object.entries(times).map(([name, list]) => [
      name,
      median(list).toFixed(2),
      quantile(list, 0.95).toFixed(2),
      ((1000 * list.length) / list.reduce((sum, time) => sum + time, 0)).toFixed(0),
    ]),
  );
}

module.exports = {
  Browser,
  CONNECTIONS,
  PASSWORD,
  expectStatus,
  interleave,
  load,
  median,
  openMailServer,
  printTable,
  printTimes,
  quantile,
  startApp,
  withApp,
  writePosts,
};

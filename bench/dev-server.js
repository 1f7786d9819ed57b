/** How long a developer waits for a change: from the save to the page that shows it, under the real `npm run dev`. */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const PROJECT = resolve(__dirname, '..');
/** What `npm run dev` needs beside `node_modules`, which may be large and is linked. */
const NEEDED = [
  '.swcrc',
  'dev.env',
  'nest-cli.json',
  'package.json',
  'public',
  'src',
  'tsconfig.build.json',
  'tsconfig.json',
  'views',
];
const SOURCE = 'src/auth/login.dto.ts';
const LABEL = "'Username'";
const PAGE = '/login';

/** Between two looks at the page, in milliseconds. */
const LOOK = 5;
/** A developer does not save at once after a restart; what begins with the process is done by then. */
const SETTLED = 1_500;
const PATIENCE = 60_000;

/** @returns milliseconds from each save to the first page that shows it */
async function timeChanges(count) {
  const directory = mkdtempSync(join(tmpdir(), 'microblog-bench-dev-'));
  try {
    for (const name of NEEDED) cpSync(join(PROJECT, name), join(directory, name), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
    const server = await startDevelopment(directory);
    try {
      return await saveAndLook(directory, server, count);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function saveAndLook(directory, server, count) {
  const file = join(directory, SOURCE);
  const source = readFileSync(file, 'utf8');
  if (!source.includes(LABEL)) throw new Error(`${SOURCE} has no ${LABEL}`);
  await server.shows('Username');
  const times = [];
  for (let number = 1; number <= count; number++) {
    await sleep(SETTLED);
    const label = `Username, change ${number}`;
    const start = performance.now();
    writeFileSync(file, source.replace(LABEL, `'${label}'`));
    await server.shows(label);
    times.push(performance.now() - start);
  }
  return times;
}

async function startDevelopment(directory) {
  const { NODE_ENV, ...environment } = process.env;
  const port = await freePort();
  const settings = {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${join(directory, 'bench.sqlite')}`,
    SECRET_KEY: 'a key for benchmarks, long enough to sign with',
    MICROBLOG_DEBUG_PIN: 'off',
    ...(NODE_ENV === 'production' ? {} : { NODE_ENV }),
  };
  // A group of its own: npm starts Nest's CLI, that a shell, and that Node; all of them are to end.
  const npm = spawn('npm', ['run', 'dev'], {
    cwd: directory,
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = [];
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (text) => output.push(text));
  const shows = async (text) => {
    for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(LOOK)) {
      const page = await fetch(`http://127.0.0.1:${port}${PAGE}`)
        .then((response) => response.text())
        .catch(() => '');
      if (page.includes(text)) return;
    }
    throw new Error(`npm run dev never served '${text}':\n${output.join('')}`);
  };
  return { shows, stop: () => endGroup(npm) };
}

async function endGroup({ pid }) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const end = performance.now() + 5_000; performance.now() < end; await sleep(50)) {
      if (!tell(pid, signal)) return;
    }
  }
}

/** @returns whether anybody was there */
function tell(group, signal) {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

module.exports = { timeChanges };

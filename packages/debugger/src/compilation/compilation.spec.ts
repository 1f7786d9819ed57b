import express, { Express } from 'express';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, Server, get } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setProjectRoot } from '@microblog/error-report';
import { Compilation } from './compilation';
import { Compiler } from './compiler';

const GOOD = 'export const answer = 42;\n';
const BROKEN = 'export const answer = ;\n';
const NAVIGATION = {
  Accept: 'text/html,*/*;q=0.8',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
};

let root: string;
let compilation: Compilation;
let server: Server | undefined;

const save = (name: string, text: string) => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
};
const failing = () => [...compilation.failures.keys()];

const until = async (isSo: () => boolean) => {
  const end = Date.now() + 3000;
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isSo()).toBe(true);
};
const untilFailing = (...files: string[]) => until(() => failing().join() === files.join());
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));

const open = () => {
  compilation = new Compilation({
    application: { name: 'Example' },
    sources: ['src'],
    templates: ['views'],
    pathsWithoutPages: ['/static', '/healthz'],
  });
  compilation.watch();
};

const listen = async (app: Express = express()): Promise<string> => {
  app.get('/_debugger/events', compilation.events);
  app.use(compilation.middleware, (_request, response) => response.send(response.locals.debuggerScript));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** As plain as a client can be: `fetch` would send headers of its own. */
const ask = async (url: string, headers: Record<string, string>, method = 'GET') => {
  const [response] = (await once(get(url, { headers, method, agent: false }), 'response')) as [
    IncomingMessage,
  ];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'compilation-'));
  setProjectRoot(root);
  save('src/answer.ts', GOOD);
});

afterEach(() => {
  compilation.onModuleDestroy();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(root, { recursive: true });
});

describe('Compilation', () => {
  it('knows what does not compile, and that it does again, with the very same content too', async () => {
    open();
    save('src/answer.ts', BROKEN);
    await untilFailing('src/answer.ts');
    expect(compilation.failures.get('src/answer.ts')).toMatchObject({
      line: 1,
      column: 23,
      message: 'Expression expected',
    });
    save('src/answer.ts', GOOD);
    await untilFailing();
  });

  it('finds at the start what was broken before', async () => {
    save('src/deep/er/old.ts', BROKEN);
    open();
    await untilFailing('src/deep/er/old.ts');
  });

  it('sees a save by renaming, more than once', async () => {
    open();
    for (const [text, files] of [
      [BROKEN, ['src/answer.ts']],
      [GOOD, []],
      [BROKEN, ['src/answer.ts']],
    ] as const) {
      save('src/.answer.ts.swp', text);
      renameSync(join(root, 'src/.answer.ts.swp'), join(root, 'src/answer.ts'));
      await untilFailing(...files);
    }
  });

  it('sees new directories, also one that comes again, and forgets files that are gone', async () => {
    open();
    for (const file of ['src/new/er/a.ts', 'src/new/b.ts', 'src/new/er/a.ts']) {
      save(file, BROKEN);
      await untilFailing(file);
      rmSync(join(root, 'src/new'), { recursive: true });
      await untilFailing();
    }
    mkdirSync(join(root, 'src/new/er'), { recursive: true });
    await aWhile();
    save('src/new/er/a.ts', BROKEN);
    await untilFailing('src/new/er/a.ts');
    rmSync(join(root, 'src/new'), { recursive: true });
    save('src/new/er/a.ts', GOOD);
    await untilFailing();
    save('src/new/er/a.ts', BROKEN);
    await untilFailing('src/new/er/a.ts');
  });

  it('names several by the alphabet', async () => {
    open();
    save('src/b.ts', BROKEN);
    save('src/a.ts', BROKEN);
    await untilFailing('src/a.ts', 'src/b.ts');
    save('src/b.ts', GOOD);
    await untilFailing('src/a.ts');
  });

  it('says nothing of a file in the middle of a save, of tests or of anything else', async () => {
    open();
    await aWhile();
    const seen: string[][] = [];
    const watching = setInterval(() => seen.push(failing()), 2);
    for (const text of ['', 'export const', BROKEN, '', GOOD]) {
      save('src/answer.ts', text);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const name of ['a.spec.ts', 'a.d.ts', 'a.txt', 'a.ts~']) save(`src/${name}`, BROKEN);
    await aWhile();
    clearInterval(watching);
    expect(seen.flat()).toEqual([]);
  });

  it('outlives that all the sources go', async () => {
    open();
    await aWhile();
    rmSync(join(root, 'src'), { recursive: true });
    await aWhile();
    expect(failing()).toEqual([]);
  });

  it('does nothing where there are no sources or no compiler', async () => {
    rmSync(join(root, 'src'), { recursive: true });
    open();
    save('src/answer.ts', BROKEN);
    await aWhile();
    expect(failing()).toEqual([]);
    jest.spyOn(Compiler, 'load').mockResolvedValueOnce(undefined);
    open();
    await aWhile();
    expect(failing()).toEqual([]);
    const { status } = await ask(await listen(), NAVIGATION);
    expect(status).toBe(200);
  });
});

describe('While something does not compile', () => {
  let url: string;
  beforeEach(async () => {
    save('src/<b>.ts', 'const html = "<script>alert(1)</script>" + ;\n');
    open();
    url = await listen();
  });

  it('each page is the one that says so, escaped and under its own policy', async () => {
    const { status, headers, body } = await ask(`${url}/index`, NAVIGATION);
    expect(status).toBe(500);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(body).toContain('<title>Does not compile: src/&lt;b&gt;.ts:1 // Example</title>');
    expect(body).toContain('src/&lt;b&gt;.ts:1:44');
    expect(body).toContain('&lt;script&gt;alert(1)');
    expect(body).not.toMatch(/<b>|<script>/);
    expect(body).toContain('<script type="module" src="/_debugger/assets/reload.js">');
  });

  it('a terminal gets text, and a program a problem document', async () => {
    for (const accept of ['*/*', 'text/plain']) {
      const { status, headers, body } = await ask(url, { Accept: accept });
      expect(status).toBe(500);
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(body).toMatch(/^src\/<b>\.ts:1:44 does not compile: Expression expected\n\n 1 \| const html/);
    }
    const { headers, body } = await ask(url, { Accept: 'application/json' });
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({ status: 500, failures: [{ file: 'src/<b>.ts', line: 1 }] });
  });

  it.each([
    ['POST', '/index', NAVIGATION],
    ['GET', '/static/app.css', { Accept: '*/*' }],
    ['GET', '/_debugger/assets/reload.js', NAVIGATION],
    ['GET', '/healthz', { Accept: '*/*' }],
    ['GET', '/avatar.svg', { Accept: 'image/avif,image/webp,*/*;q=0.8' }],
    ['GET', '/index', { ...NAVIGATION, 'Sec-Fetch-Mode': 'cors' }],
  ])('%s %s is left alone', async (method, path, headers) => {
    expect((await ask(url + path, headers, method)).status).toBe(200);
  });

  it('the pages are back when it does', async () => {
    save('src/<b>.ts', GOOD);
    await untilFailing();
    expect((await ask(url, NAVIGATION)).body).toBe('/_debugger/assets/reload.js');
    expect((await ask(url, NAVIGATION, 'POST')).body).toBe('/_debugger/assets/reload.js?posted');
  });
});

describe('An open page', () => {
  const hear = async (url: string) => {
    const heard: Record<string, unknown>[] = [];
    const controller = new AbortController();
    const { body, headers } = await fetch(`${url}/_debugger/events`, { signal: controller.signal });
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    const ended = (async () => {
      for await (const chunk of body ?? []) {
        const text = Buffer.from(chunk as Uint8Array).toString();
        for (const [, data] of text.matchAll(/^data: (.*)\n$/gm)) {
          heard.push(JSON.parse(data ?? '') as Record<string, unknown>);
        }
      }
    })().catch(() => undefined);
    return { heard, ended, leave: () => controller.abort() };
  };

  it('is told at once how it stands, and of each change', async () => {
    open();
    const { heard } = await hear(await listen());
    await until(() => heard.length === 1);
    save('src/answer.ts', BROKEN);
    await until(() => heard.length === 2);
    save('src/answer.ts', GOOD);
    await until(() => heard.length === 3);
    const process = heard[0]?.process;
    expect(heard).toEqual([
      { process, version: 0, failing: false, files: [] },
      { process, version: 1, failing: true, files: ['src/answer.ts'] },
      { process, version: 2, failing: false, files: [] },
    ]);
  });

  it('is not told that all is well before it is known', async () => {
    save('src/answer.ts', BROKEN);
    open();
    const { heard } = await hear(await listen());
    await until(() => heard.length > 0);
    expect(heard.every(({ failing }) => failing)).toBe(true);
  });

  it('leaves nothing behind, and many are let go at the end', async () => {
    open();
    const url = await listen();
    const before = process.listenerCount('SIGTERM');
    const pages = await Promise.all(Array.from({ length: 30 }, () => hear(url)));
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    for (const { leave } of pages.slice(1)) leave();
    compilation.onModuleDestroy();
    await Promise.all(pages.map(({ ended }) => ended));
    await until(() => process.listenerCount('SIGTERM') === before);
  });

  it('does not hold up a server that stops on a signal', async () => {
    open();
    const { ended } = await hear(await listen());
    const closed = new Promise((resolve) => server?.close(resolve));
    process.emit('SIGTERM');
    await Promise.all([closed, ended]);
  });
});

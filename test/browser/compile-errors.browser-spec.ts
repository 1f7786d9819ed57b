import express from 'express';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, BrowserContext, Page, chromium } from 'playwright-core';
import { setProjectRoot } from '@microblog/error-report';
import { Compilation } from '../../packages/debugger/src/compilation/compilation';
import { accessibilityViolations } from './support/accessibility';
import { CHROMIUM } from './support/site';

const ASSETS = join(__dirname, '../../packages/debugger/views');
const GOOD = 'export const answer = 42;\n';
const BROKEN = 'export const answer = ;\n';
const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";
/** Long enough for a page to be loaded again. */
const A_WHILE = 1200;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let root: string;
let compilation: Compilation;
let server: Server;
let port = 0;
/** What a page shows of the code behind it. */
let code = 'old code';
let complaints: string[];

const save = (text: string, file = 'answer.ts') => writeFileSync(join(root, 'src', file), text);

/** A server as in debug mode; it stands for a process of its own. */
const start = async () => {
  setProjectRoot(root);
  compilation = new Compilation({ application: { name: 'Example' }, sources: ['src'], templates: ['views'] });
  compilation.watch();
  const app = express();
  app.use('/_debugger/assets', express.static(ASSETS));
  app.get('/_debugger/events', compilation.events);
  app.use(compilation.middleware, (_request, response) => {
    response.set('Content-Security-Policy', POLICY).send(`<!doctype html><html lang="en"><title>Home</title>
      <script type="module" src="${response.locals.debuggerScript}"></script>
      <main><h1>${code}</h1>
      <form method="post"><label>Text <textarea name="text">as it was</textarea></label>
      <select aria-label="Colour"><option>red</option><option>blue</option></select>
      <label><input type="checkbox"> Really</label> <button>Send</button></form></main></html>`);
  });
  server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
};

const stop = async () => {
  const closed = once(server, 'close');
  server.close();
  compilation.onModuleDestroy();
  server.closeIdleConnections();
  await closed;
};

/** How often a page was asked for. */
const loads = (of: Page) => {
  const count = { times: 0 };
  of.on('request', (request) => {
    if (request.isNavigationRequest()) count.times += 1;
  });
  return count;
};

const shows = (text: string, of = page) =>
  of.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
const note = (of = page) => of.locator('body > [role=status]');
const says = (text: string, of = page) => note(of).filter({ hasText: text }).waitFor();
const visit = async (of = page) => {
  const told = of.waitForResponse('**/_debugger/events');
  await of.goto('/');
  await told;
  // Until it has heard how things stand.
  await of.waitForTimeout(100);
};

beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
});

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'compile-errors-'));
  mkdirSync(join(root, 'src'));
  save(GOOD);
  port = 0;
  code = 'old code';
  await start();
  context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` });
  context.setDefaultTimeout(5000);
  complaints = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    // A browser says by itself that a server is away, or that a page had an error status.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page = await context.newPage();
  await visit();
});

afterEach(async () => {
  await context.close();
  await stop();
  rmSync(root, { recursive: true });
  expect(complaints).toEqual([]);
});

afterAll(() => browser.close());

describe('An open page', () => {
  it('shows what does not compile, each change of that, and is back when the same server mends it', async () => {
    save(BROKEN);
    await shows('Does not compile');
    await page.getByText('src/answer.ts:1:23').waitFor();
    expect(await page.title()).toBe('Does not compile: src/answer.ts:1 // Example');
    save(`\n${BROKEN}`);
    await page.getByText('src/answer.ts:2:23').waitFor();
    save(BROKEN, 'another.ts');
    await page.getByText('src/another.ts:1:23').waitFor();
    const count = loads(page);
    await page.waitForTimeout(A_WHILE);
    expect(count.times).toBe(0);
    rmSync(join(root, 'src/another.ts'));
    save(GOOD);
    await shows('old code');
    await page.waitForTimeout(A_WHILE);
    expect(count.times).toBe(1);
  });

  it('is back with the new code when the server was started again', async () => {
    save(BROKEN);
    await shows('Does not compile');
    const count = loads(page);
    save('export const answer = 43;\n');
    await page.waitForTimeout(300);
    await stop();
    code = 'new code';
    await start();
    await shows('new code');
    await page.waitForTimeout(A_WHILE);
    expect(count.times).toBe(1);
  });

  it('has the new code after a save that compiles', async () => {
    await stop();
    code = 'new code';
    await start();
    await shows('new code');
  });

  it('says that the server has gone, and comes back with it', async () => {
    await stop();
    await says('The server does not answer.');
    code = 'new code';
    await start();
    await shows('new code');
    expect(await note().count()).toBe(0);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['text', () => page.getByLabel('Text').fill('typed')],
    ['a choice', () => page.getByLabel('Colour').selectOption('blue')],
    ['a tick', () => page.getByLabel('Really').check()],
  ])('keeps %s, and says so at its foot', async (_what, enter) => {
    await enter();
    const values = () =>
      page.evaluate<unknown>(`[...document.forms[0].elements].map(({ value, checked }) => [value, checked])`);
    const entered = await values();
    const count = loads(page);
    save(BROKEN);
    await says('src/answer.ts does not compile');
    save(BROKEN, 'another.ts');
    await says('src/another.ts and 1 more do not compile');
    expect(await accessibilityViolations(page)).toEqual([]);
    await stop();
    save(GOOD);
    save(GOOD, 'another.ts');
    await start();
    await note().waitFor({ state: 'hidden' });
    expect(await values()).toEqual(entered);
    expect(count.times).toBe(0);
  });

  it('is not loaded again when it answers a form', async () => {
    const told = page.waitForResponse('**/_debugger/events');
    await page.getByRole('button', { name: 'Send' }).click();
    await told;
    await page.waitForTimeout(100);
    const count = loads(page);
    save(BROKEN);
    await says('src/answer.ts does not compile');
    save(GOOD);
    await note().waitFor({ state: 'hidden' });
    await stop();
    await start();
    await page.waitForTimeout(A_WHILE);
    expect(count.times).toBe(0);
  });

  it('shows a name as text', async () => {
    await page.getByLabel('Text').fill('typed');
    save(BROKEN, '<img src=x>.ts');
    await says('src/<img src=x>.ts does not compile');
  });

  it('keeps no connection while nobody looks at it, and catches up then', async () => {
    const pages = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
    for (const other of pages) {
      await visit(other);
      await look(other, 'hidden');
    }
    save(BROKEN);
    await shows('Does not compile');
    for (const other of pages) await shows('old code', other);
    for (const other of pages.slice(0, 2)) {
      await look(other, 'visible');
      await shows('Does not compile', other);
    }
  });

  const look = (of: Page, state: 'hidden' | 'visible') =>
    of.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, value: ${state === 'hidden'} });
      document.dispatchEvent(new Event('visibilitychange'));`);
});

describe('The page of what does not compile', () => {
  it('has no violation, and fits a telephone', async () => {
    save(`export const answer = "${'long '.repeat(60)}" + ;\n`, `${'a-long-name-'.repeat(8)}.ts`);
    save(BROKEN);
    await shows('Does not compile');
    await page.getByText('answer.ts:1:23').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    for (const [width, colorScheme] of [
      [360, 'light'],
      [1280, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
      const { SCREENSHOTS } = process.env;
      if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `compile-error-${width}.png`) });
    }
  });
});

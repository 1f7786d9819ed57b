import { Browser, BrowserContext, Page, chromium } from 'playwright-core';
import { accessibilityViolations } from './support/accessibility';
import { DevProject } from './support/dev-project';
import { CHROMIUM } from './support/site';

const MODULE = 'src/health/health.module.ts';
const CONTROLLER = 'src/health/health.controller.ts';

const project = new DevProject();
let browser: Browser;
let context: BrowserContext;
let page: Page;

/** Compiling and starting take their time on a busy machine. */
const PATIENCE = { timeout: 20_000 };

beforeAll(async () => {
  [browser] = await Promise.all([chromium.launch(CHROMIUM), project.start()]);
  context = await browser.newContext({ baseURL: project.url });
  page = await context.newPage();
  await page.goto('/login');
});

afterAll(async () => {
  await context.close();
  await Promise.all([browser.close(), project.stop()]);
});

const shows = (heading: string) => page.getByRole('heading', { level: 1, name: heading }).waitFor(PATIENCE);

/** The open page shows the fault, and is back once it is mended. */
async function meet(file: string, faulty: string, look: () => Promise<unknown>): Promise<void> {
  const sound = project.read(file);
  project.save(file, faulty);
  await shows('Microblog does not start');
  await look();
  project.save(file, sound);
  await shows('Sign in');
}

const text = () => page.locator('main').innerText();

describe('An open page, when the application does not start', () => {
  it('shows an import that leads nowhere, and comes back', async () => {
    const faulty = `import './nowhere';\n${project.read(MODULE)}`;
    await meet(MODULE, faulty, async () => {
      expect(await text()).toContain("Cannot find module './nowhere'");
    });
  });

  it('shows what a module throws while it is loaded, with its place and source, and comes back', async () => {
    const faulty = `${project.read(MODULE)}\nthrow new RangeError('Not this month');\n`;
    const line = faulty.split('\n').findIndex((code) => code.startsWith('throw')) + 1;
    await meet(MODULE, faulty, async () => {
      expect(await text()).toContain('RangeError: Not this month');
      expect(await text()).toContain(`${MODULE}:${line}:7`);
      expect(await page.locator('pre').first().innerText()).toContain(
        `> ${line} | throw new RangeError('Not this month');`,
      );
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    });
  });

  it('shows what Nest cannot resolve, and comes back', async () => {
    const faulty = project
      .read(CONTROLLER)
      .replace(/constructor\(/, 'constructor(private readonly nobody: Nobody, ')
      .replace(/^(@\w+)/m, 'class Nobody {}\n\n$1');
    await meet(CONTROLLER, faulty, async () => {
      expect(await text()).toMatch(/Nest can't resolve dependencies of the HealthController/);
    });
  });

  it('shows a setting that is wrong, without a secret, and comes back when .env is saved', async () => {
    project.save('.env', 'LOG_MAX_BYTES=many\nMAIL_PASSWORD=catcatcatcat\n');
    const sound = project.read(MODULE);
    project.save(MODULE, `${sound}\n`);
    await shows('Microblog does not start');
    expect(await text()).toContain('LOG_MAX_BYTES');
    expect(await page.content()).not.toContain('catcatcatcat');
    expect(await page.content()).not.toContain(DevProject.secretKey);
    project.save('.env', 'LOG_MAX_BYTES=1000000\n');
    await shows('Sign in');
  });

  it('says nothing of the cause to whoever may be somebody else', async () => {
    const sound = project.read(MODULE);
    project.save(MODULE, `${sound}\nthrow new RangeError('Not this month');\n`);
    await shows('Microblog does not start');
    const headers = { 'X-Forwarded-For': '192.0.2.1', Accept: 'text/html' };
    const answer = await page.request.get('/login', { headers, maxRedirects: 0 });
    expect([answer.status(), answer.headers()['retry-after']]).toEqual([503, '1']);
    const body = await answer.text();
    expect(body).toContain('The terminal says why.');
    expect(body).not.toMatch(/RangeError|Not this month|health/);
    const health = await page.request.get('/healthz', { headers: { Accept: '*/*' } });
    expect(health.status()).toBe(503);
    project.save(MODULE, sound);
    await shows('Sign in');
  });
});

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { accessibilityViolations } from './support/accessibility';
import { Complaints } from './support/complaints';
import { DevProject } from './support/dev-project';
import { CHROMIUM } from './support/site';
import { PASSWORD, Visitor } from './support/visitor';

const SERVICE = 'src/posts/posts.service.ts';
const WRITE = '  async write(author: User, body: string): Promise<void> {\n';
const FAULT = `    let words = body.split(' ');
    const draft = { author, letters: { first: { of: { body: body.slice(0, 1) } } } };
    if (words.includes('boom')) throw new TypeError(\`Cannot write \${words.length} words\`);
`;
/** What a developer breaks by not finishing a line. */
const UNFINISHED = 'const unfinished = ;\n';
/** Nest's CLI compiles, ends the application, and starts it again. */
const RESTART_TIMEOUT_MS = 30_000;
/** What a browser says by itself: that it was asked for the PIN, and that a server which is starting again is away. */
const EXPECTED = /^403 .*\/(?:evaluate|values\/\d+|pin)$|^Failed to load resource: net::ERR_/;

const project = new DevProject();
let browser: Browser | undefined;
let complaints: Complaints;
/** Susan's cookies once she is signed in, without that of the debugger. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
/** The service as it is in most tests: it throws. */
let faulty: string;
let context: BrowserContext;
let page: Page;
let susan: Visitor;

const openBrowser = async (running: Browser, storageState?: typeof signedIn) => {
  context = await running.newContext({
    baseURL: project.url,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    storageState,
  });
  context.setDefaultTimeout(5000);
  complaints.hearFrom(context);
  page = await context.newPage();
  susan = new Visitor(page);
};

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** Saves a file, the service by default, and waits until the application serves what was saved. */
const saveAndRestart = async (text: string, file = SERVICE) => {
  const starts = project.timesPrinted('Ready at ');
  project.save(file, text);
  await project.untilPrinted('Ready at ', starts + 1);
};

beforeAll(async () => {
  await project.start();
  browser = await chromium.launch(CHROMIUM);
  complaints = new Complaints(project.url);
  await openBrowser(browser);
  await susan.registerAndSignIn('susan');
  signedIn = await context.storageState();
  faulty = project.read(SERVICE).replace(WRITE, WRITE + FAULT);
  await saveAndRestart(faulty);
}, 120_000);

beforeEach(async () => {
  await context.close();
  if (browser) await openBrowser(browser, signedIn);
});

afterEach(() => {
  expect(complaints.takeAll().filter((complaint) => !EXPECTED.test(complaint))).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await project.stop();
}, 60_000);

/** What is typed into a console, and what comes of it. */
class FrameConsole {
  constructor(private readonly root: Locator) {}

  get prompt(): Locator {
    return this.root.getByRole('textbox');
  }

  async run(code: string): Promise<string> {
    const before = await this.outputs.count();
    await this.prompt.fill(code);
    await this.prompt.press('Enter');
    return this.outputs.nth(before).innerText();
  }

  get outputs(): Locator {
    return this.root.locator('.output');
  }

  exchanges(): Promise<string[]> {
    return this.root.locator('.input').allInnerTexts();
  }
}

const enterPin = async (pin = project.pin) => {
  const dialog = page.getByRole('dialog', { name: "The debugger's PIN" });
  await dialog.getByLabel('PIN', { exact: true }).fill(pin);
  await dialog.getByRole('button', { name: 'Unlock' }).click();
  await dialog.waitFor({ state: 'hidden' });
};

/** As somebody does who wants to be asked only once. */
const unlock = async () => {
  await page.getByRole('button', { name: 'Enter the PIN' }).click();
  await enterPin();
};

describe('The page of an error in a service', () => {
  let frame: Locator;
  let frameConsole: FrameConsole;
  let status: number | undefined;

  const local = (name: string) =>
    frame.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

  beforeEach(async () => {
    await page.goto('/index');
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await susan.write('boom goes the cannon');
    status = (await answer).status();
    // Variables of other frames can contain the name, so the heading of the frame decides.
    const heading = page.locator('summary', { hasText: 'PostsService.write' });
    frame = page.locator('.frame').filter({ has: heading });
    frameConsole = new FrameConsole(frame);
  });

  it('shows the error, where it was thrown, and the variables there', async () => {
    expect(status).toBe(500);
    expect(await susan.heading()).toBe('TypeError: Cannot write 4 words');
    const line = faulty.split('\n').findIndex((text) => text.includes('throw new TypeError')) + 1;
    const place = frame.getByRole('link', { name: `${SERVICE}:${line}` });
    expect(await place.getAttribute('href')).toMatch(
      new RegExp(`^vscode://file${project.path(SERVICE)}:${line}:\\d+$`),
    );
    expect(await frame.locator('mark').innerText()).toContain("if (words.includes('boom')) throw new");
    expect(await local('words').getByRole('cell').innerText()).toBe("[ 'boom', 'goes', 'the', 'cannon' ]");
    expect(await local('body').getByRole('cell').innerText()).toBe("'boom goes the cannon'");
  });

  it('folds a frame and opens it again', async () => {
    const summary = frame.getByText('PostsService.write');
    await summary.click();
    await local('words').waitFor({ state: 'hidden' });
    await summary.click();
    await local('words').waitFor();
  });

  it('asks for the PIN, and runs what was typed once it is right', async () => {
    await frameConsole.prompt.fill('words.length');
    await frameConsole.prompt.press('Enter');
    const dialog = page.getByRole('dialog', { name: "The debugger's PIN" });
    await dialog.getByLabel('PIN', { exact: true }).fill('000-000-000');
    await dialog.getByRole('button', { name: 'Unlock' }).click();
    await dialog.getByText('This PIN is wrong.').waitFor();
    await enterPin();
    expect(await frameConsole.outputs.innerText()).toBe('4');
    expect(await page.getByRole('button', { name: 'Enter the PIN' }).isVisible()).toBe(false);
    await page.reload();
    expect(await page.getByRole('button', { name: 'Enter the PIN' }).isVisible()).toBe(false);
  });

  it('runs nothing while the PIN is not given', async () => {
    await frameConsole.prompt.fill('words.length');
    await frameConsole.prompt.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await frameConsole.outputs.innerText()).toBe('Cancelled: no PIN was entered.');
  });

  it('assigns to a variable of the frame, in which it then is', async () => {
    await unlock();
    expect(await frameConsole.run("words = ['mended']")).toBe("[ 'mended' ]");
    await local('words').getByText("[ 'mended' ]").waitFor();
    expect(await frameConsole.run('words')).toBe("[ 'mended' ]");
    expect(await frameConsole.run('_.length')).toBe('1');
  });

  it('opens values of a value, and those in them, and keeps them open', async () => {
    await unlock();
    const open = (name: RegExp) => local('draft').getByRole('button', { name }).click();
    await open(/^\{ author: /);
    await open(/^\{ first: /);
    await open(/^\{ of: /);
    await open(/^\{ body: /);
    const deepest = local('draft').locator('li').getByText("body: 'b'", { exact: true });
    await deepest.waitFor();
    await frameConsole.run('draft.letters.first.of.body = "c"');
    await local('draft').locator('li').getByText("body: 'c'", { exact: true }).waitFor();
  });

  it('has the services of the frame, and waits for what they promise', async () => {
    await unlock();
    expect(await frameConsole.run('await this.posts.count()')).toBe('0');
    expect(await frameConsole.run('const later = async () => words[0]; await later()')).toBe("'boom'");
  });

  it('says what an input throws', async () => {
    await unlock();
    expect(await frameConsole.run('wrods')).toBe('ReferenceError: wrods is not defined');
    expect(await frameConsole.run('words words')).toMatch(/^SyntaxError: /);
  });

  it('has inputs of several lines, the ones before, and an empty screen', async () => {
    await unlock();
    await frameConsole.prompt.fill('words.map((word) => {');
    await frameConsole.prompt.press('Enter');
    await frame.locator('form:not([aria-busy])').waitFor();
    await frameConsole.prompt.pressSequentially('return word.length;');
    await frameConsole.prompt.press('Shift+Enter');
    await frameConsole.prompt.pressSequentially('})');
    await frameConsole.prompt.press('Enter');
    expect(await frameConsole.outputs.innerText()).toBe('[ 4, 4, 3, 6 ]');
    expect(await frameConsole.exchanges()).toEqual(['words.map((word) => {\nreturn word.length;\n})']);
    await frameConsole.run('1 + 1');
    await frameConsole.prompt.fill('half');
    await frameConsole.prompt.press('ArrowUp');
    expect(await frameConsole.prompt.inputValue()).toBe('1 + 1');
    await frameConsole.prompt.press('ArrowDown');
    expect(await frameConsole.prompt.inputValue()).toBe('half');
    await frameConsole.prompt.press('Control+l');
    expect(await frameConsole.exchanges()).toEqual([]);
    expect(await frameConsole.prompt.inputValue()).toBe('half');
  });

  it('is copied as Markdown, without a secret', async () => {
    const cookies = (await context.cookies()).map(({ value }) => value);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByText('Copied as Markdown.').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/^# `TypeError: Cannot write 4 words`\n/);
    expect(copied).toContain("words = [ 'boom', 'goes', 'the', 'cannon' ]");
    expect(copied).toContain('throw new TypeError(`Cannot write ${words.length} words`);');
    for (const secret of [...cookies, DevProject.secretKey, project.pin, PASSWORD, '$argon2id$']) {
      expect(copied).not.toContain(secret);
    }
  });

  it('is plain text at a click, and frames again', async () => {
    const text = page.getByRole('group', { name: 'The traceback as plain text' });
    const toggle = page.getByRole('button', { name: 'Traceback' });
    await toggle.click();
    expect(await text.innerText()).toContain('TypeError: Cannot write 4 words');
    expect(await frame.isVisible()).toBe(false);
    await toggle.click();
    expect(await text.isVisible()).toBe(false);
    expect(await frame.isVisible()).toBe(true);
  });

  it('leads to the page that visitors see', async () => {
    await susan.follow('The page that visitors see');
    expect(susan.path).toBe('/_errors/500');
    expect(await susan.heading()).toBe('An unexpected error has occurred');
  });

  it('has nothing that axe complains about, and fits a telephone', async () => {
    expect(await accessibilityViolations(page)).toEqual([]);
    await unlock();
    await frameConsole.run('words');
    await frameConsole.run('wrods');
    await local('draft').getByRole('button').first().click();
    await local('draft').locator('li').first().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
  });
});

describe('A page of an error', () => {
  const CONTROLLER = 'src/profile/profile.controller.ts';
  const failing = (message: string) =>
    `  @Get('broken')\n  broken(): never {\n    throw new RangeError('${message}');\n  }\n\n  @Get`;

  it('is loaded again by itself after each restart, until the error is mended', async () => {
    const whole = project.read(CONTROLLER);
    await saveAndRestart(whole.replace('  @Get', failing('It is broken')), CONTROLLER);
    await page.goto('/user/broken');
    await heading('RangeError: It is broken').waitFor();
    await saveAndRestart(whole.replace('  @Get', failing('It is less broken')), CONTROLLER);
    await heading('RangeError: It is less broken').waitFor({ timeout: RESTART_TIMEOUT_MS });
    await saveAndRestart(whole, CONTROLLER);
    await heading('File Not Found').waitFor({ timeout: RESTART_TIMEOUT_MS });
  });

  it('that answers a form is not sent again by itself, but says how', async () => {
    await page.goto('/index');
    await susan.write('boom goes the cannon');
    await heading('TypeError: Cannot write 4 words').waitFor();
    await saveAndRestart(project.read(SERVICE).replace(FAULT, ''));
    await page.getByText('Reload the page to send it again.').waitFor({ timeout: RESTART_TIMEOUT_MS });
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.reload();
    await heading('Hi, susan!').waitFor();
    expect(await susan.posts()).toContain('boom goes the cannon');
    await saveAndRestart(faulty);
  });
});

describe('/console', () => {
  let appConsole: FrameConsole;

  beforeEach(async () => {
    await page.goto('/console');
    appConsole = new FrameConsole(page.locator('main'));
  });

  it('has the services of the running application', async () => {
    await unlock();
    expect(await appConsole.run('app.get(UsersService)')).toMatch(/^UsersService \{/);
    expect(await appConsole.run("await app.get(UsersService).findByUsername('susan')")).toMatch(/^User \{/);
    expect(await appConsole.run('_.username')).toBe("'susan'");
  });

  it('has nothing that axe complains about', async () => {
    await page.getByRole('button', { name: 'Enter the PIN' }).click();
    expect(await accessibilityViolations(page)).toEqual([]);
    await enterPin();
    await appConsole.run("await app.get(UsersService).findByUsername('susan')");
    expect(await accessibilityViolations(page)).toEqual([]);
  });
});

describe('A template that is saved and broken', () => {
  const TEMPLATE = 'views/profile.hbs';
  const LINE = 6;
  let whole: string;
  /** Puts something at the beginning of that line. */
  const breakTemplate = (text: string, template = TEMPLATE, line = LINE) => {
    const lines = project.read(template).split('\n');
    lines[line - 1] = text + (lines[line - 1] ?? '');
    project.save(template, lines.join('\n'));
  };
  const marked = (place: string) =>
    page
      .locator('.frame')
      .filter({ has: page.getByText(place, { exact: true }) })
      .locator('mark');

  beforeAll(() => {
    whole = project.read(TEMPLATE);
  });
  afterEach(() => project.save(TEMPLATE, whole));

  it.each([
    ['a block that is closed as another', '{{#iff a}}{{/if}}', /iff doesn't match if/],
    ['a block that is not closed', '{{#if a}}', /is never closed|doesn't match/],
    ['a tag that is not closed', '{{a}', /Parse error/],
    ['a helper that is missing', '{{nope 1}}', /Missing helper: "nope"/],
    ['a partial that is missing', '{{> nope}}', /The partial nope could not be found/],
    ['a helper that throws', '{{time "yesterday"}}', /./],
  ])('%s: its page shows the line, and is back once it is mended', async (_what, text, message) => {
    const starts = project.timesPrinted('Ready at ');
    breakTemplate(text);
    await page.goto('/user/susan');
    await heading(message).waitFor();
    expect(await marked(`${TEMPLATE}:${LINE}`).first().innerText()).toContain(text);
    project.save(TEMPLATE, whole);
    await heading('susan').waitFor();
    expect(project.timesPrinted('Ready at ')).toBe(starts);
  });

  it('is named where it is a partial, with the page that shows it', async () => {
    const partial = 'views/partials/post.hbs';
    const before = project.read(partial);
    await page.goto('/index');
    await susan.write('a post to show');
    // The first lines are shown of every post.
    breakTemplate('{{nope 1}}', partial, 3);
    try {
      await page.goto('/index');
      await heading(/Missing helper/).waitFor();
      expect(await marked(`${partial}:3`).innerText()).toContain('{{nope 1}}');
      await page
        .getByText(/^views\/home\.hbs:\d+$/)
        .first()
        .waitFor();
    } finally {
      project.save(partial, before);
    }
    await heading('Hi, susan!').waitFor();
  });
});

describe('A file that is saved and does not compile', () => {
  const visit = async () => {
    const told = page.waitForResponse('**/_debugger/events');
    await page.goto('/index');
    await told;
    // Until it has heard how things stand.
    await page.waitForTimeout(100);
  };
  const breakFile = () => project.save(SERVICE, faulty + UNFINISHED);
  /** The next test finds the application as it is in the others. */
  afterEach(async () => {
    if (project.read(SERVICE) !== faulty) await saveAndRestart(faulty);
  });

  it('is shown by the page that is open, until it is mended', async () => {
    await visit();
    breakFile();
    await heading('Does not compile').waitFor();
    const line = faulty.split('\n').length;
    await page.getByText(`${SERVICE}:${line}:20`).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect((await page.request.get('/healthz')).status()).toBe(200);
    expect((await page.goto('/user/susan'))?.status()).toBe(500);
    await heading('Does not compile').waitFor();
    await saveAndRestart(`${faulty}// mended\n`);
    await heading('susan').waitFor({ timeout: RESTART_TIMEOUT_MS });
    expect(susan.path).toBe('/user/susan');
  });

  it('is gone once it is again what it was', async () => {
    await visit();
    breakFile();
    await heading('Does not compile').waitFor();
    await saveAndRestart(faulty);
    await heading('Hi, susan!').waitFor({ timeout: RESTART_TIMEOUT_MS });
  });

  it('leaves a text that was typed', async () => {
    await visit();
    const field = susan.field('Say something');
    await field.fill('A long thought');
    breakFile();
    await page.getByText(`${SERVICE} does not compile`).waitFor();
    expect(await field.inputValue()).toBe('A long thought');
    await saveAndRestart(faulty);
    await page.getByText(`${SERVICE} does not compile`).waitFor({ state: 'hidden' });
    expect(await field.inputValue()).toBe('A long thought');
    await susan.press('Post');
    expect(await susan.posts()).toContain('A long thought');
  });
});

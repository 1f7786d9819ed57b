import type { Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { useSite } from './support/use-site';

const here = useSite((susan) => susan.registerAndSignIn('susan'));

/** Makes what is sent take its time, as on a train. @returns how many forms were sent so far */
async function slowDown(page: Page): Promise<() => number> {
  let sent = 0;
  await page.route('**', async (route) => {
    if (route.request().method() === 'POST') {
      sent += 1;
      await sleep(600);
    }
    await route.continue();
  });
  return () => sent;
}

/** Clicks where the button is, as fast as fingers do: Playwright itself would wait for the page that the first click asks for. */
async function clickOften(page: Page, name: string | RegExp, times = 3): Promise<void> {
  const box = await page.getByRole('button', { name, exact: true }).boundingBox();
  if (!box) throw new Error('The button cannot be seen');
  for (let click = 0; click < times; click++) await page.mouse.click(box.x + 5, box.y + box.height / 2);
}

const busyButtons = (page: Page) => page.locator('[aria-busy="true"]').allTextContents();

/** Notes in the browser which buttons are busy while a form is on its way: Playwright would wait for the next page before it looks. */
const NOTE_BUSY_BUTTONS = `addEventListener('submit', () => setTimeout(() => {
  const buttons = [...document.querySelectorAll('[aria-busy="true"]')];
  sessionStorage.busy = JSON.stringify(buttons.map(({ textContent }) => textContent));
}))`;

describe('a form on a slow network', () => {
  it.each([
    ['Post', 'Post', '/index'],
    ['Delete', /^Delete the post/, '/index'],
    ['Sign out', 'Sign out', '/login'],
  ])(
    'is sent once however often %s is pressed, and shows that it is busy',
    async (_label, name, destination) => {
      const { page } = here.susan;
      await here.susan.write('An older post');
      await here.susan.fill({ 'Say something': 'A new post' });
      const sent = await slowDown(page);
      await page.evaluate(NOTE_BUSY_BUTTONS);
      const loaded = page.waitForEvent('load');
      await clickOften(page, name);
      await loaded;
      expect([sent(), here.susan.path]).toEqual([1, destination]);
      const busy = await page.evaluate<string[]>('JSON.parse(sessionStorage.busy)');
      expect(busy).toEqual([expect.stringMatching(name)]);
      expect(await busyButtons(page)).toEqual([]);
    },
  );

  it('is sent once by a shortcut that is pressed twice', async () => {
    const { page } = here.susan;
    await here.susan.fill({ 'Say something': 'A new post' });
    const sent = await slowDown(page);
    const loaded = page.waitForEvent('load');
    await here.susan.field('Say something').focus();
    for (let press = 0; press < 2; press++) await page.keyboard.press('Control+Enter');
    await loaded;
    expect(sent()).toBe(1);
    expect(await here.susan.posts()).toEqual(['A new post']);
  });

  it('can be sent after Back, and after the page was stopped', async () => {
    const { page } = here.susan;
    await here.susan.write('A post');
    await page.goBack();
    await page.waitForLoadState('load');
    expect(await busyButtons(page)).toEqual([]);
    await here.susan.fill({ 'Say something': 'Another post' });
    await page.route('**/posts', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await clickOften(page, 'Post');
    await failed;
    await page.unroute('**/posts');
    await page.goto('/index');
    await here.susan.write('Another post');
    expect(await here.susan.posts()).toEqual(['Another post', 'A post']);
  });
});

describe('a form in two tabs', () => {
  it('has one effect for each time that it was filled in', async () => {
    const { susan } = here;
    const second = await susan.page.context().newPage();
    await Promise.all([susan.page.goto('/index'), second.goto('/index')]);
    await susan.fill({ 'Say something': 'From the first tab' });
    await second.getByLabel('Say something').fill('From the second tab');
    await susan.press('Post');
    await Promise.all([second.waitForEvent('load'), second.getByRole('button', { name: 'Post' }).click()]);
    await susan.page.reload();
    expect(await susan.posts()).toEqual(['From the second tab', 'From the first tab']);
  });
});

describe('a button that is busy', () => {
  it('is free again once nothing comes of it', async () => {
    const { page } = here.susan;
    await page.clock.install();
    await page.goto('/index');
    await here.susan.fill({ 'Say something': 'A post that never arrives' });
    await page.route('**/posts', (route) => route.fulfill({ status: 204 }));
    // A second click may only reach a busy browser once the button is free again.
    await clickOften(page, 'Post', 1);
    expect(await busyButtons(page)).toEqual(['Post']);
    await page.clock.runFor(10_000);
    expect(await busyButtons(page)).toEqual([]);
    await page.unroute('**/posts');
    await here.susan.press('Post');
    expect(await here.susan.posts()).toEqual(['A post that never arrives']);
  });
});

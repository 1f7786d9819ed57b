import type { Locator, Page, Route } from 'playwright-core';
import { accessibilityViolations } from './support/accessibility';
import { useSite } from './support/use-site';
import { PASSWORD, Visitor } from './support/visitor';

const FREE = 'This username is free.';
const TAKEN = 'Please use a different username.';
const MALFORMED = 'Use letters, digits, dots, dashes and underscores only, with a letter or digit first.';
const QUESTIONS = '**/username_availability?*';
/** Long enough for a question to be asked and answered. */
const A_WHILE = 700;

const here = useSite((susan) => susan.register('susan'));

let mary: Visitor;

beforeEach(async () => {
  mary = await here.site.visitor();
  await mary.page.goto('/register');
});

const status = ({ page }: Visitor): Locator => page.getByRole('main').getByRole('status');

/** Types over what stands in the field, key by key. */
const type = async (visitor: Visitor, username: string) => {
  await visitor.field('Username').selectText();
  await visitor.page.keyboard.type(username);
};

const says = (visitor: Visitor, message: string) => status(visitor).filter({ hasText: message }).waitFor();

const staysSilent = async (visitor: Visitor) => {
  await visitor.page.waitForTimeout(A_WHILE);
  expect(await status(visitor).innerText()).toBe('');
};

/** The names that the page asks for. */
const questionsOf = (page: Page): (string | null)[] => {
  const names: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/username_availability') names.push(searchParams.get('username'));
  });
  return names;
};

describe('The username field, while somebody types', () => {
  it.each([
    ['SUSAN', TAKEN, 'false'],
    ['mary', FREE, 'true'],
    ['mary!', MALFORMED, 'false'],
  ])('says of %s: %s', async (username, message, available) => {
    await type(mary, username);
    await says(mary, message);
    expect(await status(mary).getAttribute('data-available')).toBe(available);
  });

  it('asks once for what was typed in one go', async () => {
    const questions = questionsOf(mary.page);
    // However long the machine takes from one key to the next.
    await mary.page.clock.install();
    await mary.page.clock.pauseAt(Date.now() + 60_000);
    await type(mary, 'mary');
    expect(questions).toEqual([]);
    await mary.page.clock.runFor(A_WHILE);
    await says(mary, FREE);
    expect(questions).toEqual(['mary']);
  });

  it('says nothing of an empty field, and takes back what it said', async () => {
    const questions = questionsOf(mary.page);
    await mary.field('Username').fill('mary');
    await says(mary, FREE);
    await mary.field('Username').fill('   ');
    expect(await status(mary).innerText()).toBe('');
    await staysSilent(mary);
    expect(questions).toEqual(['mary']);
  });

  it('does not show an answer that comes late for an older text', async () => {
    let answerLate: () => Promise<void> = () => Promise.reject(new Error('Nobody asked for susan'));
    const isAsked = new Promise<void>((resolve) => {
      const hold = (route: Route) => {
        answerLate = () => route.continue();
        resolve();
      };
      void mary.page.route(`${QUESTIONS}susan`, hold);
    });
    await type(mary, 'susan');
    await isAsked;
    await mary.page.keyboard.type('na');
    await says(mary, FREE);
    await answerLate();
    await mary.page.waitForTimeout(A_WHILE);
    expect(await status(mary).innerText()).toBe(FREE);
  });

  it.each([
    ['cannot be reached', "Promise.reject(new TypeError('Failed to fetch'))"],
    ['has been asked too often', "Promise.resolve(new Response('{}', { status: 429 }))"],
    ['is in trouble', "Promise.resolve(new Response('{}', { status: 500 }))"],
    ['answers with a page', "Promise.resolve(new Response('<!doctype html>'))"],
  ])('says nothing while the server %s', async (_what, answer) => {
    await type(mary, 'susan');
    await says(mary, TAKEN);
    await mary.page.evaluate(`fetch = () => ${answer}`);
    await type(mary, 'john');
    await staysSilent(mary);
  });

  it('shows what the server says as text', async () => {
    const json = { available: false, message: '<b>No.</b>' };
    await mary.page.route(QUESTIONS, (route) => route.fulfill({ json }));
    await type(mary, 'mary');
    await says(mary, '<b>No.</b>');
  });

  it('holds nobody back from sending the form', async () => {
    await mary.fill({ Email: 'mary@example.com', Password: PASSWORD, 'Repeat password': PASSWORD });
    await type(mary, 'susan');
    await says(mary, TAKEN);
    await mary.press('Register');
    expect(await mary.errorBeside('Username')).toBe(TAKEN);
    await mary.fill({ Username: 'mary', Password: PASSWORD, 'Repeat password': PASSWORD });
    await mary.press('Register');
    expect(await mary.notice()).toBe('Congratulations, you are now a registered user!');
  });

  it('takes back what the server said of the name that was sent, until that name is back', async () => {
    await mary.register('susan');
    const field = mary.field('Username');
    expect(await mary.errorBeside('Username')).toBe(TAKEN);
    await type(mary, 'mary');
    await says(mary, FREE);
    expect(await mary.page.locator('#username-errors').isVisible()).toBe(false);
    expect(await field.getAttribute('aria-invalid')).toBeNull();
    expect(await field.getAttribute('aria-describedby')).not.toContain('username-errors');
    await type(mary, 'susan');
    await staysSilent(mary);
    expect(await mary.errorBeside('Username')).toBe(TAKEN);
    expect(await field.getAttribute('aria-describedby')).toContain('username-errors');
  });

  it('is silent about the own name, and lets its case change', async () => {
    const { susan } = here;
    const questions = questionsOf(susan.page);
    await susan.signIn('susan');
    await susan.page.goto('/edit_profile');
    await type(susan, 'susan');
    await staysSilent(susan);
    await type(susan, 'Susan');
    await says(susan, FREE);
    expect(questions).toEqual(['Susan']);
  });
});

describe('What is said of a username', () => {
  it('is read out when it changes, and again with the field', async () => {
    await type(mary, 'susan');
    await says(mary, TAKEN);
    const tree = await mary.page.getByRole('main').ariaSnapshot();
    expect(tree).toContain(`- status: ${TAKEN}`);
    const describedBy = await mary.field('Username').getAttribute('aria-describedby');
    expect(describedBy).toBe('username-help username-availability');
  });

  it.each(['susan', 'mary', 'not a name'])('has no violation: %s', async (username) => {
    await type(mary, username);
    await status(mary).filter({ hasText: /./ }).waitFor();
    expect(await accessibilityViolations(mary.page)).toEqual([]);
  });

  it('moves nothing while somebody types on', async () => {
    await type(mary, 'susan');
    const button = mary.page.getByRole('button', { name: 'Register' });
    const before = await button.boundingBox();
    await says(mary, TAKEN);
    expect(await button.boundingBox()).toEqual(before);
  });
});

describe('The username field without JavaScript', () => {
  it('is as it was', async () => {
    const john = await here.site.visitor({ javaScriptEnabled: false });
    const questions = questionsOf(john.page);
    await john.page.goto('/register');
    await type(john, 'susan');
    await john.page.waitForTimeout(A_WHILE);
    expect(questions).toEqual([]);
    expect(await john.page.getByRole('status').count()).toBe(0);
    expect(await john.field('Username').getAttribute('aria-describedby')).toBe('username-help');
    await john.register('susan');
    expect(await john.errorBeside('Username')).toBe(TAKEN);
  });
});

import { PublicError } from '../../src/errors/public-error';
import { lastResortPage } from '../../src/errors/last-resort-page';
import { accessibilityViolations } from './support/accessibility';
import { Site } from './support/site';
import { PASSWORD, Visitor } from './support/visitor';

const UNEXPECTED: PublicError = {
  status: 500,
  title: 'Internal Server Error',
  headline: 'An unexpected error has occurred',
  detail: 'It is not your fault. Please try again in a while.',
  headers: {},
  reference: 'K7Q2-9MXD',
  isNotified: true,
  nothingSaved: true,
  isFault: true,
};

type Pages = Record<string, (visitor: Visitor) => Promise<unknown>>;

const SIGNED_OUT: Pages = {
  'the sign-in page': ({ page }) => page.goto('/login'),
  'the sign-in page before another': ({ page }) => page.goto('/login?next=%2Findex'),
  'a refused sign-in': (visitor) => visitor.signIn('susan', 'a wrong password'),
  'the register page': ({ page }) => page.goto('/register'),
  'a refused registration': async (visitor) => {
    await visitor.page.goto('/register');
    await visitor.fill({ Username: 'susan', Email: 'susan@example.com' });
    await visitor.fill({ Password: PASSWORD, 'Repeat password': 'another password' });
    await visitor.press('Register');
  },
  'the sign-out page of a visitor': ({ page }) => page.goto('/logout'),
  'File Not Found for a visitor': ({ page }) => page.goto('/no/such/page'),
  'Too Many Requests': ({ page }) => page.goto('/_errors/429'),
  'an unexpected error': ({ page }) => page.goto('/_errors/500'),
  'the page without a template': async ({ page }) => {
    const body = lastResortPage(UNEXPECTED);
    await page.route('**/last-resort', (route) => route.fulfill({ body, contentType: 'text/html' }));
    await page.goto('/last-resort');
  },
};

const SIGNED_IN: Pages = {
  'the home page': ({ page }) => page.goto('/index'),
  'the second page of posts': ({ page }) => page.goto('/index?page=2'),
  'a page with no posts': ({ page }) => page.goto('/index?page=99'),
  'a refused post': (visitor) => visitor.write('much '.repeat(30)),
  'a post of its own': (visitor) => visitor.openNewestPost(),
  'a deleted post': (visitor) => visitor.press(/^Delete the post/),
  "one's own profile": ({ page }) => page.goto('/user/susan'),
  "somebody else's profile": ({ page }) => page.goto('/user/john'),
  'the page to edit the profile': ({ page }) => page.goto('/edit_profile'),
  'a saved profile': async (visitor) => {
    await visitor.page.goto('/edit_profile');
    await visitor.press('Save');
  },
  'a refused profile': async (visitor) => {
    await visitor.page.goto('/edit_profile');
    await visitor.fill({ Username: 'john' });
    await visitor.press('Save');
  },
  'the page to change the password': ({ page }) => page.goto('/change_password'),
  'a refused password': async (visitor) => {
    await visitor.page.goto('/change_password');
    await visitor.changePassword('a wrong password', PASSWORD);
  },
  'the sign-out page': ({ page }) => page.goto('/logout'),
  'File Not Found': ({ page }) => page.goto('/no/such/page'),
  'an expired form': async (visitor) => {
    await visitor.page.goto('/index');
    await visitor.page.context().clearCookies({ name: 'microblog_csrf' });
    await visitor.fill({ 'Say something': 'Too late' });
    await visitor.press('Post');
  },
};

let site: Site;
let susan: Visitor;
let visitor: Visitor;

beforeAll(async () => {
  // Which shows the error pages.
  site = await Site.open({ MICROBLOG_DEBUG: '1' });
  const john = await site.visitor();
  await john.registerAndSignIn('john');
  await john.writeMany(25);
  susan = await site.visitor();
  await susan.registerAndSignIn('susan');
  await susan.write('Hello from susan');
  visitor = await site.visitor();
});

afterAll(() => site.close());

describe('accessibility, signed out', () => {
  it.each(Object.entries(SIGNED_OUT))('%s has no violation', async (_name, open) => {
    await open(visitor);
    expect(await accessibilityViolations(visitor.page)).toEqual([]);
  });
});

describe('accessibility, signed in', () => {
  it.each(Object.entries(SIGNED_IN))('%s has no violation', async (_name, open) => {
    await open(susan);
    expect(await accessibilityViolations(susan.page)).toEqual([]);
  });
});

describe('Skip to the content', () => {
  it('is the first thing that the keyboard reaches', async () => {
    const { page } = susan;
    await page.goto('/index');
    await page.keyboard.press('Tab');
    await Promise.all([page.waitForURL('**#main'), page.keyboard.press('Enter')]);
    await page.keyboard.type('susan');
    expect(await page.getByLabel('Say something').inputValue()).toBe('');
  });
});

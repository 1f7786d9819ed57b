import { Site } from './support/site';
import { Visitor } from './support/visitor';

const LONGEST_NAME = 'w'.repeat(64);
const PAGES = [
  '/index',
  `/user/${LONGEST_NAME}`,
  '/edit_profile',
  '/change_password',
  '/logout',
  '/no/such/page',
];

let site: Site;
let visitor: Visitor;

beforeAll(async () => {
  site = await Site.open();
  visitor = await site.visitor({ viewport: { width: 360, height: 800 } });
  await visitor.registerAndSignIn(LONGEST_NAME);
  await visitor.write('m'.repeat(140));
});

afterAll(() => site.close());

describe('a screen of 360 pixels', () => {
  it.each(PAGES)('is wide enough for the longest name and an unbroken post: %s', async (path) => {
    await visitor.page.goto(path);
    const tooWide = await visitor.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(tooWide).toBeLessThanOrEqual(0);
  });
});

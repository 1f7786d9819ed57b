import { Site } from './support/site';
import { Visitor } from './support/visitor';

let site: Site;
let susan: Visitor;

beforeAll(async () => {
  site = await Site.open();
});

beforeEach(async () => {
  susan = await site.visitor();
  await susan.registerAndSignIn('susan');
});

afterEach(() => site.reset());

afterAll(() => site.close());

describe('GET /no/such/page', () => {
  it('is File Not Found, with the navigation of whoever is signed in', async () => {
    const response = await susan.page.goto('/no/such/page');
    expect(response?.status()).toBe(404);
    expect(await susan.heading()).toBe('File Not Found');
    expect(await susan.navigation()).toEqual(['Home', 'Profile', 'Sign out']);
  });

  it('lets a visitor sign in', async () => {
    const john = await site.visitor();
    await john.page.goto('/no/such/page');
    expect(await john.heading()).toBe('File Not Found');
    expect(await john.navigation()).toEqual(['Sign in', 'Register']);
  });
});

import { useSite } from './support/use-site';

const here = useSite((susan) => susan.registerAndSignIn('susan'));

describe('GET /no/such/page', () => {
  it('is File Not Found, with the navigation of whoever is signed in', async () => {
    const response = await here.susan.page.goto('/no/such/page');
    expect(response?.status()).toBe(404);
    expect(await here.susan.heading()).toBe('File Not Found');
    expect(await here.susan.navigation()).toEqual(['Home', 'Profile', 'Sign out']);
  });

  it('lets a visitor sign in', async () => {
    const john = await here.site.visitor();
    await john.page.goto('/no/such/page');
    expect(await john.heading()).toBe('File Not Found');
    expect(await john.navigation()).toEqual(['Sign in', 'Register']);
  });
});

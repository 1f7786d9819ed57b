import { useSite } from './support/use-site';
import { PASSWORD } from './support/visitor';

const here = useSite((susan) => susan.register('susan'));

describe('/register', () => {
  it('makes an account and leads to the sign-in page', async () => {
    expect(here.susan.path).toBe('/login');
    expect(await here.susan.notice()).toBe('Congratulations, you are now a registered user!');
    expect(await here.susan.field('Username').inputValue()).toBe('susan');
    await here.susan.page.keyboard.type(PASSWORD);
    await here.susan.press('Sign in');
    expect(await here.susan.heading()).toBe('Hi, susan!');
  });

  it('says beside the field that a name is taken, and keeps what was typed but the passwords', async () => {
    const john = await here.site.visitor();
    await john.page.goto('/register');
    await john.fill({ Username: 'Susan', Email: 'john@example.com' });
    await john.fill({ Password: PASSWORD, 'Repeat password': PASSWORD });
    await john.press('Register');
    expect(await john.errorBeside('Username')).toBe('Please use a different username.');
    expect(await john.errorBeside('Email')).toBeUndefined();
    expect(await john.field('Email').inputValue()).toBe('john@example.com');
    expect(await john.field('Password').inputValue()).toBe('');
  });
});

describe('/login', () => {
  it('leads to the page that was asked for', async () => {
    await here.susan.page.goto('/edit_profile');
    expect(await here.susan.notice()).toBe('Please log in to access this page.');
    await here.susan.fill({ Username: 'susan', Password: PASSWORD });
    await here.susan.press('Sign in');
    expect(here.susan.path).toBe('/edit_profile');
  });

  it('announces a wrong password', async () => {
    await here.susan.signIn('susan', 'a wrong password');
    expect(await here.susan.page.getByRole('alert').innerText()).toBe('Invalid username or password');
    expect(await here.susan.field('Username').inputValue()).toBe('susan');
  });

  it.each([
    { remembers: true, heading: 'Hi, susan!' },
    { remembers: false, heading: 'Sign in' },
  ])(
    'after the browser was closed, with "Remember me" $remembers: $heading',
    async ({ remembers, heading }) => {
      await here.susan.page.goto('/login');
      await here.susan.fill({ Username: 'susan', Password: PASSWORD });
      await here.susan.field('Remember me').setChecked(remembers);
      await here.susan.press('Sign in');
      const susanTomorrow = await here.site.visitor({
        storageState: await here.susan.afterClosingTheBrowser(),
      });
      await susanTomorrow.page.goto('/index');
      expect(await susanTomorrow.heading()).toBe(heading);
    },
  );

  it('needs nothing but a keyboard', async () => {
    const { keyboard } = here.susan.page;
    await here.susan.page.goto('/login');
    await keyboard.type('susan');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Tab');
    await keyboard.press('Space');
    expect(await here.susan.field('Remember me').isChecked()).toBe(true);
    await keyboard.press('Tab');
    await Promise.all([here.susan.page.waitForEvent('load'), keyboard.press('Enter')]);
    expect(await here.susan.heading()).toBe('Hi, susan!');
  });
});

describe('/change_password', () => {
  beforeEach(async () => {
    await here.susan.signIn('susan');
    await here.susan.follow('Profile');
    await here.susan.follow('Change your password');
  });

  it('replaces the password', async () => {
    await here.susan.changePassword(PASSWORD, 'a better password');
    expect(await here.susan.notice()).toBe('Your password has been changed.');
    await here.susan.press('Sign out');
    await here.susan.signIn('susan', 'a better password');
    expect(await here.susan.heading()).toBe('Hi, susan!');
  });

  it('says beside the field that the current password is another one', async () => {
    await here.susan.changePassword('a wrong password', 'a better password');
    expect(await here.susan.errorBeside('Current password')).toBe('This is not your current password.');
  });
});

describe('/logout', () => {
  beforeEach(() => here.susan.signIn('susan'));

  it('is reached from every page by a button', async () => {
    await here.susan.press('Sign out');
    expect(here.susan.path).toBe('/login');
    expect(await here.susan.navigation()).toEqual(['Sign in', 'Register']);
    await here.susan.page.goto('/index');
    expect(here.susan.path).toBe('/login?next=%2Findex');
  });

  it('shows a page with the button', async () => {
    await here.susan.page.goto('/logout');
    const button = here.susan.page.getByRole('main').getByRole('button', { name: 'Sign out' });
    await Promise.all([here.susan.page.waitForEvent('load'), button.click()]);
    expect(here.susan.path).toBe('/login');
  });
});

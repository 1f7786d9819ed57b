import { Site } from './support/site';
import { PASSWORD, Visitor } from './support/visitor';

let site: Site;
let susan: Visitor;

beforeAll(async () => {
  site = await Site.open();
});

beforeEach(async () => {
  susan = await site.visitor();
  await susan.register('susan');
});

afterEach(() => site.reset());

afterAll(() => site.close());

describe('/register', () => {
  it('makes an account and leads to the sign-in page', async () => {
    expect(susan.path).toBe('/login');
    expect(await susan.notice()).toBe('Congratulations, you are now a registered user!');
    await susan.signIn('susan');
    expect(await susan.heading()).toBe('Hi, susan!');
  });

  it('says beside the field that a name is taken, and keeps what was typed but the passwords', async () => {
    const john = await site.visitor();
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
    await susan.page.goto('/edit_profile');
    expect(await susan.notice()).toBe('Please log in to access this page.');
    await susan.fill({ Username: 'susan', Password: PASSWORD });
    await susan.press('Sign in');
    expect(susan.path).toBe('/edit_profile');
  });

  it('announces a wrong password', async () => {
    await susan.signIn('susan', 'a wrong password');
    expect(await susan.page.getByRole('alert').innerText()).toBe('Invalid username or password');
    expect(await susan.field('Username').inputValue()).toBe('susan');
  });

  it.each([
    { remembers: true, heading: 'Hi, susan!' },
    { remembers: false, heading: 'Sign in' },
  ])(
    'after the browser was closed, with "Remember me" $remembers: $heading',
    async ({ remembers, heading }) => {
      await susan.page.goto('/login');
      await susan.fill({ Username: 'susan', Password: PASSWORD });
      await susan.field('Remember me').setChecked(remembers);
      await susan.press('Sign in');
      const susanTomorrow = await site.visitor({ storageState: await susan.afterClosingTheBrowser() });
      await susanTomorrow.page.goto('/index');
      expect(await susanTomorrow.heading()).toBe(heading);
    },
  );

  it('needs nothing but a keyboard', async () => {
    const { keyboard } = susan.page;
    await susan.page.goto('/login');
    await keyboard.type('susan');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Tab');
    await keyboard.press('Space');
    expect(await susan.field('Remember me').isChecked()).toBe(true);
    await keyboard.press('Tab');
    await Promise.all([susan.page.waitForEvent('load'), keyboard.press('Enter')]);
    expect(await susan.heading()).toBe('Hi, susan!');
  });
});

describe('/change_password', () => {
  beforeEach(async () => {
    await susan.signIn('susan');
    await susan.follow('Profile');
    await susan.follow('Change your password');
  });

  it('replaces the password', async () => {
    await susan.changePassword(PASSWORD, 'a better password');
    expect(await susan.notice()).toBe('Your password has been changed.');
    await susan.press('Sign out');
    await susan.signIn('susan', 'a better password');
    expect(await susan.heading()).toBe('Hi, susan!');
  });

  it('says beside the field that the current password is another one', async () => {
    await susan.changePassword('a wrong password', 'a better password');
    expect(await susan.errorBeside('Current password')).toBe('This is not your current password.');
  });
});

describe('/logout', () => {
  beforeEach(() => susan.signIn('susan'));

  it('is reached from every page by a button', async () => {
    await susan.press('Sign out');
    expect(susan.path).toBe('/login');
    expect(await susan.navigation()).toEqual(['Sign in', 'Register']);
    await susan.page.goto('/index');
    expect(susan.path).toBe('/login?next=%2Findex');
  });

  it('shows a page with the button', async () => {
    await susan.page.goto('/logout');
    const button = susan.page.getByRole('main').getByRole('button', { name: 'Sign out' });
    await Promise.all([susan.page.waitForEvent('load'), button.click()]);
    expect(susan.path).toBe('/login');
  });
});

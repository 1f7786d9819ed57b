import { Site } from './support/site';
import { PASSWORD } from './support/visitor';

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});

afterEach(() => site.reset());

afterAll(() => site.close());

describe('a browser without JavaScript', () => {
  it('can do everything', async () => {
    const susan = await site.visitor({ javaScriptEnabled: false });
    await susan.register('susan');
    expect(await susan.notice()).toBe('Congratulations, you are now a registered user!');
    await susan.signIn('susan');
    await susan.write('Hello from susan');
    expect(await susan.posts()).toEqual(['Hello from susan']);
    await susan.press(/^Delete the post/);
    expect(await susan.posts()).toEqual([]);
    await susan.press('Undo');
    expect(await susan.posts()).toEqual(['Hello from susan']);
    await susan.press(/^Delete the post/);

    await susan.follow('Profile');
    await susan.follow('Edit your profile');
    await susan.fill({ 'About me': 'I bake.' });
    await susan.press('Save');
    expect(await susan.notice()).toBe('Your changes have been saved.');

    await susan.page.goto('/change_password');
    await susan.changePassword(PASSWORD, 'a better password');
    expect(await susan.notice()).toBe('Your password has been changed.');
    await susan.press('Sign out');
    expect(susan.path).toBe('/login');
  });

  it('sees what is wrong beside the field', async () => {
    const susan = await site.visitor({ javaScriptEnabled: false });
    await susan.register('susan');
    await susan.register('susan');
    expect(await susan.errorBeside('Username')).toBe('Please use a different username.');
    expect(await susan.errorBeside('Email')).toBe('Please use a different email address.');
  });
});

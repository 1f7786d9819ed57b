import { useSite } from './support/use-site';

const here = useSite((susan) => susan.registerAndSignIn('susan'));

describe('/edit_profile', () => {
  it('changes name and text of the profile', async () => {
    await here.susan.follow('Profile');
    await here.susan.follow('Edit your profile');
    await here.susan.fill({ Username: 'susanna', 'About me': 'I bake.\nI sing.' });
    await here.susan.press('Save');
    expect(await here.susan.notice()).toBe('Your changes have been saved.');
    await here.susan.follow('Back to your profile');
    expect(here.susan.path).toBe('/user/susanna');
    expect(await here.susan.heading()).toBe('susanna');
    expect(await here.susan.page.getByText('I bake.').innerText()).toBe('I bake.\nI sing.');
  });

  it('says beside the field that a name is taken, and keeps what was typed', async () => {
    await (await here.site.visitor()).register('john');
    await here.susan.page.goto('/edit_profile');
    await here.susan.fill({ Username: 'john', 'About me': 'Not john.' });
    await here.susan.press('Save');
    expect(await here.susan.errorBeside('Username')).toBe('Please use a different username.');
    expect(await here.susan.field('About me').inputValue()).toBe('Not john.');
    expect(await here.susan.errorBeside('About me')).toBeUndefined();
  });
});

describe('GET /user/:username', () => {
  it('shows the posts of that person only, and nothing to edit to others', async () => {
    const john = await here.site.visitor();
    await john.registerAndSignIn('john');
    await john.write('Hello from john');
    await here.susan.write('Hello from susan');
    await here.susan.follow('john');
    expect(await here.susan.posts()).toEqual(['Hello from john']);
    expect(await here.susan.page.getByRole('link', { name: 'Edit your profile' }).count()).toBe(0);
  });
});

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

describe('/edit_profile', () => {
  it('changes name and text of the profile', async () => {
    await susan.follow('Profile');
    await susan.follow('Edit your profile');
    await susan.fill({ Username: 'susanna', 'About me': 'I bake.\nI sing.' });
    await susan.press('Save');
    expect(await susan.notice()).toBe('Your changes have been saved.');
    await susan.follow('Back to your profile');
    expect(susan.path).toBe('/user/susanna');
    expect(await susan.heading()).toBe('susanna');
    expect(await susan.page.getByText('I bake.').innerText()).toBe('I bake.\nI sing.');
  });

  it('says beside the field that a name is taken, and keeps what was typed', async () => {
    await (await site.visitor()).register('john');
    await susan.page.goto('/edit_profile');
    await susan.fill({ Username: 'john', 'About me': 'Not john.' });
    await susan.press('Save');
    expect(await susan.errorBeside('Username')).toBe('Please use a different username.');
    expect(await susan.field('About me').inputValue()).toBe('Not john.');
    expect(await susan.errorBeside('About me')).toBeUndefined();
  });
});

describe('GET /user/:username', () => {
  it('shows the posts of that person only, and nothing to edit to others', async () => {
    const john = await site.visitor();
    await john.registerAndSignIn('john');
    await john.write('Hello from john');
    await susan.write('Hello from susan');
    await susan.follow('john');
    expect(await susan.posts()).toEqual(['Hello from john']);
    expect(await susan.page.getByRole('link', { name: 'Edit your profile' }).count()).toBe(0);
  });
});

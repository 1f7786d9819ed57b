import { useSite } from './support/use-site';

const here = useSite((susan) => susan.registerAndSignIn('susan'));

describe('POST /posts', () => {
  it('shows the post above the older ones, line breaks and all', async () => {
    await here.susan.write('Hello from susan');
    await here.susan.write('First line\nsecond <b>line</b>');
    expect(await here.susan.notice()).toBe('Your post is now live!');
    expect(await here.susan.posts()).toEqual(['First line\nsecond <b>line</b>', 'Hello from susan']);
  });

  it('leaves a text that is too long in the box, with the reason beside it', async () => {
    const tooLong = 'susan '.repeat(24).trim();
    await here.susan.write(tooLong);
    expect(await here.susan.errorBeside('Say something')).toBe('Field cannot be longer than 140 characters.');
    expect(await here.susan.field('Say something').inputValue()).toBe(tooLong);
    expect(await here.susan.posts()).toEqual([]);
  });
});

describe('POST /posts/:id/delete', () => {
  it('removes the post and stays on the page', async () => {
    await here.susan.write('To be deleted');
    await here.susan.follow('Profile');
    await here.susan.press(/^Delete the post/);
    expect(await here.susan.notice()).toBe('Your post has been deleted.');
    expect(here.susan.path).toBe('/user/susan');
    expect(await here.susan.posts()).toEqual([]);
  });

  it('is offered to the author only', async () => {
    await here.susan.write('Hello from susan');
    const john = await here.site.visitor();
    await john.registerAndSignIn('john');
    expect(await john.posts()).toEqual(['Hello from susan']);
    expect(await john.page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
  });
});

describe('GET /index?page=2', () => {
  it('has the older posts', async () => {
    await here.susan.writeMany(26);
    await here.susan.page.reload();
    await here.susan.follow('Older posts');
    expect(await here.susan.posts()).toEqual(['Post number 1']);
    await here.susan.follow('Newer posts');
    expect((await here.susan.posts())[0]).toBe('Post number 26');
  });
});

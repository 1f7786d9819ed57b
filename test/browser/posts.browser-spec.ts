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

describe('POST /posts', () => {
  it('shows the post above the older ones, line breaks and all', async () => {
    await susan.write('Hello from susan');
    await susan.write('First line\nsecond <b>line</b>');
    expect(await susan.notice()).toBe('Your post is now live!');
    expect(await susan.posts()).toEqual(['First line\nsecond <b>line</b>', 'Hello from susan']);
  });

  it('leaves a text that is too long in the box, with the reason beside it', async () => {
    const tooLong = 'susan '.repeat(24).trim();
    await susan.write(tooLong);
    expect(await susan.errorBeside('Say something')).toBe('Field cannot be longer than 140 characters.');
    expect(await susan.field('Say something').inputValue()).toBe(tooLong);
    expect(await susan.posts()).toEqual([]);
  });
});

describe('POST /posts/:id/delete', () => {
  it('removes the post and stays on the page', async () => {
    await susan.write('To be deleted');
    await susan.follow('Profile');
    await susan.press(/^Delete the post/);
    expect(await susan.notice()).toBe('Your post has been deleted.');
    expect(susan.path).toBe('/user/susan');
    expect(await susan.posts()).toEqual([]);
  });

  it('is offered to the author only', async () => {
    await susan.write('Hello from susan');
    const john = await site.visitor();
    await john.registerAndSignIn('john');
    expect(await john.posts()).toEqual(['Hello from susan']);
    expect(await john.page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
  });
});

describe('GET /index?page=2', () => {
  it('has the older posts', async () => {
    await susan.writeMany(26);
    await susan.page.reload();
    await susan.follow('Older posts');
    expect(await susan.posts()).toEqual(['Post number 1']);
    await susan.follow('Newer posts');
    expect((await susan.posts())[0]).toBe('Post number 26');
  });
});

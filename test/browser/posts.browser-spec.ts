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
    expect(await here.susan.errorBeside('Say something')).toBe('Shorten this by 3 characters.');
    expect(await here.susan.field('Say something').inputValue()).toBe(tooLong);
    expect(await here.susan.posts()).toEqual([]);
  });
});

describe('the box for a post', () => {
  const FAMILY = '👨🏻‍👩🏼‍👧🏽‍👦🏿';
  const hint = () => here.susan.page.locator('#body-help').innerText();

  it('counts as the server does, and cuts nothing off', async () => {
    for (const [text, counted] of [
      ['hello', '135 characters left.'],
      [FAMILY.repeat(139), '1 character left.'],
      ['  z\u0301 ', '139 characters left.'],
    ] as const) {
      await here.susan.fill({ 'Say something': text });
      expect(await hint()).toBe(counted);
    }
    for (const [text, counted] of [
      [FAMILY.repeat(400), 'Shorten this by 260 characters.'],
      [`z${'\u0301'.repeat(10_000)}`, 'Shorten this by 694 characters.'],
    ] as const) {
      await here.susan.fill({ 'Say something': text });
      expect(await hint()).toBe(counted);
      await here.susan.press('Post');
      expect(await here.susan.errorBeside('Say something')).toBe(counted);
      expect(await here.susan.field('Say something').inputValue()).toBe(text);
    }
  });

  it('says what the limit is again once it is empty, and takes the message of the server back', async () => {
    await here.susan.write('x'.repeat(141));
    await here.susan.fill({ 'Say something': 'short' });
    expect(await here.susan.errorBeside('Say something')).toBeUndefined();
    await here.susan.fill({ 'Say something': '' });
    expect(await hint()).toBe('Up to 140 characters.');
  });

  it.each(['Control+Enter', 'Meta+Enter'])('is sent by %s', async (shortcut) => {
    await here.susan.fill({ 'Say something': `Sent by ${shortcut}` });
    const { page } = here.susan;
    await Promise.all([page.waitForEvent('load'), here.susan.field('Say something').press(shortcut)]);
    expect(await here.susan.posts()).toEqual([`Sent by ${shortcut}`]);
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

  it('can be undone at once', async () => {
    await here.susan.write('Regretted');
    await here.susan.press(/^Delete the post/);
    await here.susan.press('Undo');
    expect(await here.susan.notice()).toBe('Your post is back.');
    expect(await here.susan.posts()).toEqual(['Regretted']);
  });

  it('is offered to the author only', async () => {
    await here.susan.write('Hello from susan');
    const john = await here.site.visitor();
    await john.registerAndSignIn('john');
    expect(await john.posts()).toEqual(['Hello from susan']);
    expect(await john.page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
  });
});

describe('GET /posts/:id', () => {
  it('has the exact time in the zone of who reads it, and in UTC without a script', async () => {
    await here.susan.write('Hello from susan');
    const [utc, inKolkata] = [{ javaScriptEnabled: false }, { timezoneId: 'Asia/Kolkata' }].map(
      async (options) => {
        const john = await here.site.visitor(options);
        await john.registerAndSignIn('javaScriptEnabled' in options ? 'john' : 'ravi');
        await john.openNewestPost();
        return john.page.locator('[data-exact]').innerText();
      },
    );
    expect(await utc).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d UTC$/);
    const local = await inKolkata;
    expect(local).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d (GMT\+5:30|IST)$/);
    const [hoursAndMinutes] = /\d\d:\d\d/.exec((await utc) ?? '') ?? [];
    const at = new Date(`2026-01-01T${hoursAndMinutes}:00+00:00`);
    const there = at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Kolkata', timeStyle: 'short' });
    expect(local).toContain(there);
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

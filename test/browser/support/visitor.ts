import type { BrowserContext, Locator, Page } from 'playwright-core';

type BrowserState = Awaited<ReturnType<BrowserContext['storageState']>>;

export const PASSWORD = 'correct horse battery';

/** A person at a browser, who does everything through the pages. */
export class Visitor {
  constructor(readonly page: Page) {}

  async register(username: string): Promise<void> {
    await this.page.goto('/register');
    await this.fill({ Username: username, Email: `${username}@example.com` });
    await this.fill({ Password: PASSWORD, 'Repeat password': PASSWORD });
    await this.press('Register');
  }

  async signIn(username: string, password = PASSWORD): Promise<void> {
    await this.page.goto('/login');
    await this.fill({ Username: username, Password: password });
    await this.press('Sign in');
  }

  async registerAndSignIn(username: string): Promise<void> {
    await this.register(username);
    await this.signIn(username);
  }

  async write(body: string): Promise<void> {
    if (this.path !== '/index') await this.page.goto('/index');
    await this.fill({ 'Say something': body });
    await this.press('Post');
  }

  /** Writes posts as the form would, without showing a page for each. */
  async writeMany(count: number): Promise<void> {
    await this.page.goto('/index');
    const form = this.page.locator('form', { has: this.field('Say something') });
    const csrf_token = await form.locator('[name="csrf_token"]').inputValue();
    for (let number = 1; number <= count; number++) {
      await this.page.request.post('/posts', {
        form: { csrf_token, body: `Post number ${number}` },
        failOnStatusCode: true,
        maxRedirects: 0,
      });
    }
  }

  /** Follows the link that the time of the first post on the page is. */
  async openNewestPost(): Promise<void> {
    const link = this.page
      .getByRole('article')
      .first()
      .locator('a', { has: this.page.locator('time') });
    await Promise.all([this.page.waitForEvent('load'), link.click()]);
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.fill({ 'Current password': current, 'New password': next, 'Repeat new password': next });
    await this.press('Change password');
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  /** Presses a button that leads to another page, and waits for that. */
  async press(button: string | RegExp): Promise<void> {
    const control = this.page.getByRole('button', { name: button, exact: true });
    await Promise.all([this.page.waitForEvent('load'), control.click()]);
  }

  async follow(link: string): Promise<void> {
    const control = this.page.getByRole('link', { name: link, exact: true });
    await Promise.all([this.page.waitForEvent('load'), control.click()]);
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** What the browser still has the next time it is opened: the cookies with a date. */
  async afterClosingTheBrowser(): Promise<BrowserState> {
    const { cookies, origins } = await this.page.context().storageState();
    return { cookies: cookies.filter(({ expires }) => expires > 0), origins };
  }

  /** Where the browser is, without the host. */
  get path(): string {
    return this.page.url().replace(/^\w+:\/\/[^/]+/, '');
  }

  /** What the page announces. */
  notice(): Promise<string> {
    return this.page.getByRole('status').innerText();
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  /** The posts of the page, newest first. */
  posts(): Promise<string[]> {
    return this.page.getByRole('article').getByRole('paragraph').allInnerTexts();
  }

  navigation(): Promise<string[]> {
    return this.page.getByRole('navigation', { name: 'Main' }).getByRole('listitem').allInnerTexts();
  }

  /** What is said to be wrong with a field; read as a screen reader finds it. */
  async errorBeside(label: string): Promise<string | undefined> {
    const field = this.field(label);
    if ((await field.getAttribute('aria-invalid')) !== 'true') return undefined;
    const [id] = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
    return this.page.locator(`[id="${id}"]`).innerText();
  }
}

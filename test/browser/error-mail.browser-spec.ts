import { Browser, chromium } from 'playwright-core';
import { FailingModule } from '../support/failing.module';
import { Mailbox } from '../support/mailbox';
import { TestApp } from '../support/test-app';
import { CHROMIUM } from './support/site';

describe('The HTML of an error mail', () => {
  let mailbox: Mailbox;
  let app: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    mailbox = new Mailbox();
    await mailbox.open();
    app = await TestApp.start(mailbox.settings, [FailingModule]);
    browser = await chromium.launch(CHROMIUM);
    await app.visitor().get(`/failing/unlike?word=${'unbroken'.repeat(100)}`);
    await mailbox.arrived(1);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await mailbox.close();
  });

  it.each([600, 320])(
    'is no wider than a window of %i pixels, and is read without moving it',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.setContent(String(mailbox.mails[0]?.html));
      expect(await page.getByRole('heading').innerText()).toMatch(/^GET \/failing\/unlike: Error: Another/);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    },
  );
});

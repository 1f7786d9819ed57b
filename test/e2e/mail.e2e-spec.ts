import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery } from '../../src/mail/delivery';
import { Mailbox } from '../support/mailbox';
import { TestApp } from '../support/test-app';
import { PASSWORD } from '../support/visitor';

describe('POST /change_password', () => {
  let mailbox: Mailbox;
  let app: TestApp;

  beforeEach(async () => {
    mailbox = new Mailbox();
    await mailbox.open();
    app = await TestApp.start(mailbox.settings);
  });
  afterEach(async () => {
    await app.stop();
    await mailbox.close();
  });

  const changePassword = async (current_password: string) => {
    const susan = await app.signedIn('susan');
    const password = 'another password';
    return susan.post('/change_password', { current_password, password, password2: password });
  };

  it('tells the owner of the account by mail, as text and as HTML', async () => {
    expect((await changePassword(PASSWORD)).status).toBe(303);
    const [mail] = await mailbox.arrived(1);
    expect(mail).toMatchObject({
      subject: 'Your Microblog password was changed',
      from: { text: 'microblog@example.com' },
      to: { text: 'susan@example.com' },
      text: expect.stringContaining('Dear susan,') as string,
      html: expect.stringContaining('<p>Dear susan,</p>') as string,
    });
    expect(mail?.text).not.toContain('another password');
  });

  it('sends no mail when nothing was changed', async () => {
    expect((await changePassword('a guess')).status).toBe(422);
    await app.nest.get(Delivery, { strict: false }).flush();
    expect(mailbox.mails).toEqual([]);
  });

  it('changes the password also when the mail is not taken, and logs that', async () => {
    mailbox.manner = 'refuse';
    expect((await changePassword(PASSWORD)).status).toBe(303);
    while (app.log.warnings.length === 0) await sleep(10);
    expect(app.log.warnings[0]).toContain('Not now');
  });
});

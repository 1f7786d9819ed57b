import { setTimeout as sleep } from 'node:timers/promises';
import { OutboxWorker } from '../../src/mail/outbox-worker';
import { Outbox } from '../../src/mail/outbox';
import { createDatabase } from '../support/database';
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
    await app.nest.get(OutboxWorker, { strict: false }).flush();
    expect(mailbox.mails).toEqual([]);
  });

  it('changes the password also when the mail is not taken, and logs that', async () => {
    mailbox.manner = 'refuse';
    expect((await changePassword(PASSWORD)).status).toBe(303);
    while (app.log.warnings.length === 0) await sleep(10);
    expect(app.log.warnings[0]).toContain('Not now');
  });
});

describe('The line to the mail server', () => {
  const LOGIN = { MAIL_USERNAME: 'microblog', MAIL_PASSWORD: 'catcatcatcat' };
  let mailbox: Mailbox;
  let app: TestApp | undefined;
  afterEach(async () => {
    await app?.stop();
    await mailbox.close();
  });

  async function sendMail(settings: Record<string, string>, options = {}): Promise<TestApp> {
    mailbox = new Mailbox(options);
    await mailbox.open();
    app = await TestApp.start({ ...mailbox.settings, ...settings });
    const mail = { to: ['susan@example.com'], subject: 'Hello', text: 'Look here', html: '<p>Look here' };
    await app.nest.get(Outbox, { strict: false }).put(mail);
    await app.nest.get(OutboxWorker, { strict: false }).flush();
    return app;
  }

  it('is TLS where that is offered, also with a certificate that nobody has signed', async () => {
    const { log } = await sendMail({ MAIL_USE_TLS: '0' }, { offersTls: true });
    expect(mailbox.secure).toEqual([true]);
    expect(log.errors).toEqual([]);
  });

  it('is open where TLS is not offered and nothing secret goes over it', async () => {
    await sendMail({});
    expect(mailbox.secure).toEqual([false]);
  });

  it('may be open on this machine, also for a password', async () => {
    await sendMail(LOGIN);
    expect(mailbox.logins).toContain('microblog');
    expect(mailbox.secure).toEqual([false]);
  });

  it.each([
    ['MAIL_USE_TLS asks for TLS, which is not offered', { MAIL_USE_TLS: '1' }, {}, /STARTTLS/],
    [
      'MAIL_USE_TLS asks for it, and nobody has signed the certificate',
      { MAIL_USE_TLS: '1' },
      { offersTls: true },
      /certificate/,
    ],
    [
      'a password would go to another machine in the open',
      { MAIL_SERVER: '0.0.0.0', ...LOGIN },
      {},
      /STARTTLS/,
    ],
    [
      'a password would go to a machine that nobody has vouched for',
      { MAIL_SERVER: '0.0.0.0', ...LOGIN },
      { offersTls: true },
      /certificate/,
    ],
  ])('carries nothing where %s, and the log says why', async (_case, settings, options, reason) => {
    const { log } = await sendMail(settings, options);
    expect([mailbox.mails, mailbox.logins]).toEqual([[], []]);
    expect(log.errors).toEqual([expect.stringMatching(reason)]);
  });
});

describe('A mail that is being sent when the application stops', () => {
  it('is sent by the next start at once', async () => {
    const mailbox = new Mailbox();
    await mailbox.open();
    const database = await createDatabase();
    const settings = { ...mailbox.settings, DATABASE_URL: database.url };
    mailbox.manner = 'hang';
    const first = await TestApp.start(settings);
    const mail = { to: ['susan@example.com'], subject: 'Hello', text: 'Look here', html: '<p>Look here' };
    await first.nest.get(Outbox, { strict: false }).put(mail);
    first.nest.get(OutboxWorker, { strict: false }).wake();
    await sleep(300);
    await first.stop();
    mailbox.reopen();
    const second = await TestApp.start(settings);
    await mailbox.arrived(1);
    expect([...first.log.errors, ...second.log.errors]).toEqual([]);
    await second.stop();
    await mailbox.close();
    await database.drop();
  });
});

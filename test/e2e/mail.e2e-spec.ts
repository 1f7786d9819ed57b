import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestApp } from '../support/test-app';
import { PASSWORD } from '../support/visitor';

describe('POST /change_password', () => {
  let server: SMTPServer;
  let app: TestApp;
  let mails: { to: string[]; content: string }[];
  let answerMail: (error?: Error) => Error | undefined;

  beforeEach(async () => {
    mails = [];
    answerMail = () => undefined;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const to = session.envelope.rcptTo.map(({ address }) => address);
            mails.push({ to, content: Buffer.concat(chunks).toString() });
            server.emit('mail');
            callback(answerMail());
          });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    app = await TestApp.start({
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(port),
      ADMINS: 'admin@example.com',
    });
  });
  afterEach(async () => {
    await app.stop();
    server.close();
  });

  const changePassword = async (current_password: string) => {
    const susan = await app.signedIn('susan');
    const password = 'another password';
    return susan.post('/change_password', { current_password, password, password2: password });
  };

  it('tells the owner of the account by mail, as text and as HTML', async () => {
    const arrived = once(server, 'mail');
    expect((await changePassword(PASSWORD)).status).toBe(303);
    await arrived;
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(['susan@example.com']);
    expect(mails[0]?.content).toMatch(/^From: admin@example\.com\r$/m);
    expect(mails[0]?.content).toMatch(/^Subject: Your Microblog password was changed\r$/m);
    expect(mails[0]?.content).toMatch(/text\/plain[^]*Dear susan,[^]*text\/html[^]*<p>Dear susan,<\/p>/);
    expect(mails[0]?.content).not.toContain('another password');
  });

  it('sends no mail when nothing was changed', async () => {
    expect((await changePassword('a guess')).status).toBe(422);
    await sleep(100);
    expect(mails).toEqual([]);
  });

  it('changes the password also when the mail cannot be sent, and logs that', async () => {
    answerMail = () => Object.assign(new Error('Mailbox full'), { responseCode: 552 });
    const arrived = once(server, 'mail');
    expect((await changePassword(PASSWORD)).status).toBe(303);
    await arrived;
    while (app.log.errors.length === 0) await sleep(10);
    expect(app.log.errors).toEqual([expect.stringContaining('Mailbox full')]);
  });
});

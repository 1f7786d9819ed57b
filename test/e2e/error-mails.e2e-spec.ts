import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ErrorReporter } from '../../src/error-mails/error-reporter';
import { OutboxWorker } from '../../src/mail/outbox-worker';
import { MailTemplates } from '../../src/mail/mail-templates';
import { Outbox } from '../../src/mail/outbox';
import { createDatabase } from '../support/database';
import { FailingModule } from '../support/failing.module';
import { Mailbox } from '../support/mailbox';
import { TestApp } from '../support/test-app';
import { travel } from '../support/travel';

const MINUTE = 60_000;

describe('Error mails', () => {
  let mailbox: Mailbox;
  let app: TestApp;

  beforeEach(async () => {
    mailbox = new Mailbox();
    await mailbox.open();
    app = await start();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await app.stop();
    await mailbox.close();
  });

  const start = (more: Record<string, string> = {}) =>
    TestApp.start({ ...mailbox.settings, ...more }, [FailingModule]);
  const failAlike = (number: number) => app.visitor().get(`/failing/like/${number}`);
  const delivery = (of = app) => of.nest.get(OutboxWorker, { strict: false });
  const reporter = () => app.nest.get(ErrorReporter, { strict: false });
  /** Everything that is to be mailed has been mailed. */
  const settle = async () => {
    await reporter().flush();
    await delivery().flush();
  };
  const counts = () =>
    mailbox.mails.map(({ text }) =>
      Number(
        /^Count +(\d+)|total: (\d+)/m
          .exec(text ?? '')
          ?.slice(1)
          .join(''),
      ),
    );

  it('tell what happened, so that one can act on it', async () => {
    const susan = await app.signedIn('susan');
    const answer = await susan.get('/failing/service?page=2', { 'User-Agent': 'Mosaic/1.0' });
    const reference = answer.headers.get('Error-Reference') ?? '?';
    expect(answer.text).toContain('The administrator has been notified.');
    const [mail] = await mailbox.arrived(1);
    expect(mail).toMatchObject({
      to: { text: 'admin@example.com' },
      from: { text: 'microblog@example.com' },
      subject: '[Microblog test] GET /failing/service: Error: telltale-detail',
    });
    const text = mail?.text ?? '';
    for (const part of [
      reference,
      /^Count +1 since \d{4}-/m,
      /^Route +GET \/failing\/service/m,
      /^URL +\/failing\/service\?page=2/m,
      /^User +susan \(number 1\)$/m,
      /^Version +\d+\.\d+\.\d+ \(test\) on \S+/m,
      /^test\/support\/failing\.module\.ts:\d+ in FailingService\.fail$/m,
      /^> \d+ {2}\s+throw new Error\(TELLTALE/m,
      /at FailingService\.fail \(test\/support\/failing\.module\.ts:\d+:\d+\)/,
      /^Caused by TypeError: root-cause/m,
      'user-agent: "Mosaic/1.0"',
      /^ {2}SELECT .*"sessions".* -- \[.*\] \d+ ms/m,
    ]) {
      expect(text).toMatch(part);
    }
    expect(mail?.html).toContain(reference);
  });

  it('of 100 like errors are 7, and one at the end that says 100', async () => {
    for (let number = 1; number <= 100; number++) await failAlike(number);
    await settle();
    expect(counts()).toEqual([1, 2, 4, 8, 16, 32, 64]);
    travel(9 * MINUTE);
    await reporter().maintain();
    await settle();
    expect(mailbox.mails).toHaveLength(7);
    travel(2 * MINUTE);
    await reporter().maintain();
    await settle();
    expect(counts()).toEqual([1, 2, 4, 8, 16, 32, 64, 100]);
    expect(mailbox.mails.map(({ subject }) => subject?.slice(-22))).toEqual([
      expect.stringMatching(/was lost$/),
      ...[2, 4, 8, 16, 32, 64].map(
        (count) => expect.stringMatching(`was lost \\(${count} times\\)$`) as string,
      ),
      expect.stringMatching(/ost \(100 times in all\)$/),
    ]);
    expect(new Set(mailbox.mails.map(({ references }) => String(references))).size).toBe(1);
    expect(new Set(mailbox.mails.map(({ messageId }) => messageId)).size).toBe(8);
    expect(app.log.errors).toHaveLength(100);
  });

  it('of 50 at once are of one group that counts 50', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, number) => failAlike(number)));
    await settle();
    expect(counts().sort((a, b) => a - b)).toEqual([1, 2, 4, 8, 16, 32]);
    const groups: unknown[] = await app.nest.get(DataSource).query('SELECT title, count FROM error_groups');
    expect(groups).toEqual([{ title: expect.stringContaining('Order N of') as string, count: 50 }]);
  });

  it('begin anew, in the same thread, when the error comes back after its end', async () => {
    await failAlike(1);
    await settle();
    travel(11 * MINUTE);
    await reporter().maintain();
    await failAlike(2);
    await settle();
    expect(counts()).toEqual([1, 1]);
    expect(mailbox.mails[0]?.references).toEqual(mailbox.mails[1]?.references);
    expect(mailbox.mails[0]?.messageId).not.toBe(mailbox.mails[1]?.messageId);
  });

  it('are counted together with those of another process', async () => {
    const database = await createDatabase();
    const one = await start({ DATABASE_URL: database.url });
    const other = await start({ DATABASE_URL: database.url });
    for (let number = 0; number < 4; number++) {
      await Promise.all(
        [one, other].map(async (each) => {
          await each.visitor().get(`/failing/like/${number}`);
          await each.nest.get(ErrorReporter, { strict: false }).flush();
          await delivery(each).flush();
        }),
      );
    }
    await delivery(one).flush();
    expect(counts().sort()).toEqual([1, 2, 4, 8]);
    await Promise.all([one.stop(), other.stop()]);
    await database.drop();
  });

  it('are 30 an hour at the most but for the first of a kind, and what goes over comes in one digest', async () => {
    const word = (number: number) => String.fromCharCode(97 + (number % 26), 97 + Math.floor(number / 26));
    for (let number = 0; number < 35; number++) {
      await app.visitor().get(`/failing/unlike?word=${word(number)}`);
    }
    await settle();
    expect(counts()).toEqual(Array.from({ length: 35 }, () => 1));
    for (let number = 0; number < 5; number++) {
      await app.visitor().get(`/failing/unlike?word=${word(number)}`);
    }
    await settle();
    expect(mailbox.mails).toHaveLength(35);
    travel(60 * MINUTE);
    await reporter().maintain();
    await settle();
    expect(mailbox.mails).toHaveLength(36);
    expect(mailbox.mails[35]?.text?.match(/Another thing is wrong/g)).toHaveLength(5);
    await reporter().maintain();
    await settle();
    expect(mailbox.mails).toHaveLength(36);
  });

  it.each(['hang', 'refuse', 'drop'] as const)(
    'delay no answer while the mail server is one to %s, and arrive when it is mended, saying how late',
    async (manner) => {
      mailbox.manner = manner;
      const began = Date.now();
      const answers = await Promise.all([failAlike(1), app.visitor().get('/failing/service')]);
      expect(answers.map(({ status }) => status)).toEqual([500, 500]);
      expect(Date.now() - began).toBeLessThan(2_000);
      await reporter().flush();
      expect(mailbox.mails).toEqual([]);
      travel(20 * MINUTE);
      mailbox.reopen();
      await delivery().flush();
      travel(2 * MINUTE);
      await delivery().flush();
      const mails = await mailbox.arrived(2);
      expect(mails).toHaveLength(2);
      for (const { text } of mails)
        expect(text).toMatch(/^This mail is 2\d minutes late: it was written at 20/);
    },
  );

  it('wait in the database for the next start', async () => {
    const database = await createDatabase();
    mailbox.manner = 'refuse';
    const first = await start({ DATABASE_URL: database.url });
    await first.visitor().get('/failing/service');
    await first.stop();
    expect(mailbox.mails).toEqual([]);
    mailbox.manner = 'take';
    travel(5 * MINUTE);
    const second = await start({ DATABASE_URL: database.url });
    await mailbox.arrived(1);
    await delivery(second).flush();
    expect(mailbox.mails).toHaveLength(1);
    await second.stop();
    await database.drop();
  });

  it('wait on disk while the database is away, and go out by way of the database when it is back', async () => {
    const { spool } = await withoutDatabase();
    expect(readdirSync(spool)).toHaveLength(1);
    const database = await createDatabase();
    const next = await start({ DATABASE_URL: database.url, LOG_DIR: app.logDirectory });
    const [mail] = await mailbox.arrived(1);
    expect(mail?.text).toContain('telltale-detail');
    expect(readdirSync(spool)).toEqual([]);
    await next.nest.close();
    await database.drop();
  });

  const withoutDatabase = async () => {
    await app.nest.get(DataSource).destroy();
    const answer = await app.visitor().get('/failing/service', { Accept: 'text/plain' });
    expect(answer.body).toContain('The administrator has been notified.');
    return { answer, spool: join(app.logDirectory, 'unsent-mails') };
  };

  describe('that could not be kept anywhere', () => {
    const saysNotified = async () => {
      const { body } = await app.visitor().get('/failing/service', { Accept: 'text/plain' });
      return body.includes('The administrator has been notified.');
    };
    /** However the count of the errors goes on. */
    const expectNoPageToSayIt = async () => {
      for (let number = 1; number <= 5; number++) expect(await saysNotified()).toBe(false);
      await reporter().flush();
    };

    it('are claimed by no page while neither the database nor the disk takes them, and by the next when one does', async () => {
      const spool = join(app.logDirectory, 'unsent-mails');
      await app.nest.get(DataSource).destroy();
      writeFileSync(spool, 'no directory');
      await expectNoPageToSayIt();
      rmSync(spool);
      expect(await saysNotified()).toBe(true);
      expect(readdirSync(spool)).toHaveLength(1);
    });

    it('are claimed by no page while their template is broken, and by the next when it is not', async () => {
      const broken = jest
        .spyOn(app.nest.get(MailTemplates, { strict: false }), 'text')
        .mockImplementation(() => {
          throw new Error('the template of the mail is broken');
        });
      await expectNoPageToSayIt();
      expect(existsSync(join(app.logDirectory, 'unsent-mails'))).toBe(false);
      broken.mockRestore();
      expect(await saysNotified()).toBe(true);
      await settle();
      expect(mailbox.mails.at(-1)?.text).toMatch(/^Count +4 /m);
    });

    it('are claimed by no page that was answered before it was known', async () => {
      let taken: () => void = () => undefined;
      const put = jest
        .spyOn(app.nest.get(Outbox, { strict: false }), 'put')
        .mockReturnValue(new Promise<void>((resolve) => (taken = resolve)));
      expect(await saysNotified()).toBe(false);
      put.mockRestore();
      taken();
      await settle();
      expect(await saysNotified()).toBe(true);
    });
  });

  describe('about what follows from another error', () => {
    it.each([
      ['sessions', 'GET', '/index'],
      ['posts', 'GET', '/index'],
      ['posts', 'POST', '/posts'],
      ['users', 'POST', '/posts'],
    ])('are none: without the table %s there is one about %s %s', async (table, method, path) => {
      const susan = await app.signedIn('susan');
      const body = new URLSearchParams({ ...(await susan.hiddenFields('/index')), body: 'Hello' });
      await app.nest.get(DataSource).query(`ALTER TABLE ${table} RENAME TO away`);
      const answer = await susan.send(path, { method, ...(method === 'POST' && { body }) });
      await settle();
      expect(answer.status).toBe(500);
      expect(answer.text).toContain('The administrator has been notified.');
      expect(counts()).toEqual([1]);
      expect(mailbox.mails[0]?.text).toContain(answer.headers.get('Error-Reference'));
    });
  });

  it('do not wait for a clock that was set back', async () => {
    await app.visitor().get('/failing/service');
    await mailbox.arrived(1);
    travel(-60 * MINUTE);
    const { text } = await failAlike(1);
    expect(text).toContain('The administrator has been notified.');
    await mailbox.arrived(2);
  });

  it('are sent to each administrator for himself, whatever becomes of the others', async () => {
    mailbox.unknown.add('gone@example.com');
    const two = await start({ ADMINS: 'gone@example.com, admin@example.com' });
    await two.visitor().get('/failing/service');
    await mailbox.arrived(1);
    await delivery(two).flush();
    expect(mailbox.mails.map(({ to }) => String(Array.isArray(to) ? '' : to?.text))).toEqual([
      'admin@example.com',
    ]);
    expect(two.log.warnings).toEqual([expect.stringContaining('gone@example.com was not taken')]);
    await two.stop();
  });

  it.each([
    ['without ADMINS', { ADMINS: '' }],
    ['without MAIL_SERVER', { MAIL_SERVER: '' }],
    ['in debug mode', { MICROBLOG_DEBUG: '1' }],
  ])('are none %s, and no page says otherwise', async (_case, settings) => {
    const silent = await start(settings);
    const answer = await silent.visitor().get('/failing/service');
    expect(answer.text).not.toContain('notified');
    await silent.stop();
    expect(mailbox.mails).toEqual([]);
  });

  it('are none about requests that were wrong', async () => {
    await app.visitor().get('/nope', { Referer: await app.nest.getUrl() });
    await app.visitor().send('/login', { method: 'POST' });
    await settle();
    expect(mailbox.mails).toEqual([]);
  });

  it('are at most 64 kB, whatever the error says, with one harmless subject', async () => {
    const nasty = `\r\nBcc: everybody@example.com\r\n${'<&"é👍'.repeat(40_000)}`;
    await app.visitor().get(`/failing/unlike?word=${encodeURIComponent(nasty.slice(0, 2_000))}`);
    const [mail] = await mailbox.arrived(1);
    expect(mailbox.sizes[0]).toBeLessThan(64_000);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).toMatch(
      /^\[Microblog test\] GET \/failing\/unlike: Error: Another thing is wrong[^\r\n]*$/,
    );
  });

  it('are not mailed about when they fail themselves', async () => {
    mailbox.manner = 'refuse';
    await failAlike(1);
    await settle();
    mailbox.manner = 'take';
    travel(5 * MINUTE);
    await settle();
    expect(counts()).toEqual([1]);
    expect(existsSync(join(app.logDirectory, 'microblog.log'))).toBe(true);
  });
});

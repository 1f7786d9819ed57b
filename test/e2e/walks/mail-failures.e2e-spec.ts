import { OutboxWorker } from '../../../src/mail/outbox-worker';
import { Outbox } from '../../../src/mail/outbox';
import { TestApp } from '../../support/test-app';
import { travel } from '../../support/travel';
import { Stage, UnkindMailServer } from '../../support/unkind-mail-server';

const MINUTE = 60_000;
const VICTIM = 'victim@example.com';
/** More than one look into the outbox finds. */
const WAITING = 25;

/** Of one mail, and for ever. */
const REFUSALS: [Stage, string][] = [
  ['MAIL', '552 5.3.4 Message too big for this system'],
  ['RCPT', '550 5.1.1 No such user'],
  ['RCPT', '553 5.1.3 Bad address'],
  ['DATA', '554 5.7.1 No content wanted'],
  ['end of data', '554 5.7.1 This is spam'],
  ['end of data', '552 5.3.4 Message too big'],
];

/** Of one mail, and for now. */
const DELAYS: [Stage, string][] = [
  ['RCPT', '450 4.2.0 Greylisted'],
  ['RCPT', '452 4.2.2 Mailbox full'],
  ['DATA', '451 4.3.0 Not now'],
  ['end of data', '451 4.7.1 Try again later'],
];

/** Of all mails. */
const OUTAGES: [Stage, string][] = [
  ['greeting', '554 5.3.2 Not accepting network messages'],
  ['greeting', '421 4.3.2 Shutting down'],
  ['greeting', 'hang up'],
  ['EHLO', '421 4.7.0 Too many connections'],
  ['EHLO', 'hang up'],
  ['AUTH', '535 5.7.8 Authentication failed'],
  ['AUTH', '454 4.7.0 Temporary authentication failure'],
  ['AUTH', 'hang up'],
  ['MAIL', '530 5.7.0 Authentication required'],
  ['MAIL', '550 5.7.1 Sender not allowed'],
  ['MAIL', '421 4.7.0 Too many mails'],
  ['MAIL', '451 4.3.0 Not now'],
  ['RCPT', '421 4.7.0 Too many recipients'],
  ['RCPT', 'hang up'],
  ['DATA', 'hang up'],
  ['end of data', '421 4.3.0 Going down'],
  ['end of data', 'hang up'],
];

describe('Mails', () => {
  let server: UnkindMailServer;
  let app: TestApp;

  beforeEach(async () => {
    server = new UnkindMailServer();
    app = await TestApp.start({
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(await server.open()),
      MAIL_USERNAME: 'microblog',
      MAIL_PASSWORD: 'catcatcatcat',
      ADMINS: `admin@example.com,${VICTIM}`,
    });
    await flush();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await app.stop();
    await server.close();
  });

  const outbox = () => app.nest.get(Outbox, { strict: false });
  const flush = () => app.nest.get(OutboxWorker, { strict: false }).flush();
  const put = (...to: string[]) =>
    outbox().put({ to, subject: 'Hello', text: 'Look here', html: '<p>Hello' });
  const later = async (minutes: number) => {
    travel(minutes * MINUTE);
    await flush();
  };
  const logged = () => app.log.entries.filter(({ message }) => /mail/i.test(message)).length;

  it.each(REFUSALS)(
    'that are refused for ever at %s with "%s" are tried and told once',
    async (stage, answer) => {
      server.unkindness = { [stage]: answer };
      server.victim = stage === 'MAIL' ? undefined : VICTIM;
      await put(VICTIM);
      await flush();
      server.unkindness = {};
      await put('susan@example.com');
      await flush();
      for (const minutes of [2, 120, 24 * 60]) await later(minutes);
      expect(server.refusals).toBe(1);
      expect(server.taken).toEqual(
        stage === 'RCPT' ? ['susan@example.com', 'admin@example.com'] : ['susan@example.com'],
      );
      expect(app.log.warnings).toEqual([
        expect.stringMatching(
          `The mail "Hello" to ${VICTIM} was not taken, and never will be: .*${answer.slice(0, 3)}`,
        ),
      ]);
    },
  );

  it.each(DELAYS)(
    'that are put off at %s with "%s" keep no others waiting, and go out later',
    async (stage, answer) => {
      server.unkindness = { [stage]: answer };
      server.victim = VICTIM;
      await put(VICTIM, 'susan@example.com');
      await flush();
      expect(server.taken).toEqual(['susan@example.com']);
      await flush();
      expect(server.refusals).toBe(1);
      await later(1.1);
      await later(2.2);
      expect(server.refusals).toBe(3);
      expect(app.log.warnings).toHaveLength(1);
      expect(app.log.warnings[0]).toMatch(/was not taken, and will be tried again/);
      server.unkindness = {};
      await later(5);
      expect(server.taken).toEqual(['susan@example.com', VICTIM]);
      expect(app.log.errors).toEqual([]);
    },
  );

  it.each(OUTAGES)(
    'none of which can be sent because of %s "%s" are not tried one by one',
    async (stage, answer) => {
      await put(...Array.from({ length: WAITING }, (_, index) => `person${index}@example.com`));
      server.unkindness = { [stage]: answer };
      const before = logged();
      for (let times = 0; times < 3; times++) await flush();
      await put('late@example.com');
      await flush();
      expect([server.refusals, server.taken]).toEqual([1, []]);
      await later(1.1);
      await flush();
      await later(2.2);
      expect(server.refusals).toBe(3);
      expect(logged() - before).toBe(1);
      expect(app.log.errors).toEqual([
        expect.stringMatching(
          /The mail server 127\.0\.0\.1:\d+ cannot be used, and mails wait in the database: /,
        ),
      ]);
      expect(app.log.errors[0]).not.toContain('catcatcatcat');
      server.unkindness = {};
      await later(5);
      expect(new Set(server.taken).size).toBe(WAITING + 1);
      expect(server.taken).toHaveLength(WAITING + 1);
      expect(app.log.entries.at(-1)?.message).toMatch(/^The mail server 127\.0\.0\.1:\d+ can be used again$/);
    },
  );

  it('are given up after five days of an outage, and one that ends in time loses none', async () => {
    await put('susan@example.com');
    server.unkindness = { greeting: '421 Away' };
    await flush();
    travel(4 * 24 * 60 * MINUTE);
    await put('john@example.com');
    await later(2 * 24 * 60);
    expect(app.log.errors.at(-1)).toMatch(/The mail "Hello" to susan@example.com was given up: .*421 Away/);
    server.unkindness = {};
    await later(61);
    expect(server.taken).toEqual(['john@example.com']);
  });

  it('tell the other administrators once a day that the address of one is refused', async () => {
    server.unkindness = { RCPT: '550 5.1.1 No such user' };
    server.victim = VICTIM;
    for (let times = 0; times < 3; times++) {
      await put(VICTIM);
      await flush();
    }
    expect(server.taken).toEqual([]);
    await later(1.1);
    expect(server.taken).toEqual(['admin@example.com']);
    const [notice] = await outbox().containing('No such user');
    expect(notice).toMatchObject({
      subject: `[Microblog test] Mails to ${VICTIM} are refused`,
      recipient: 'admin@example.com',
    });
    travel(24 * 60 * MINUTE);
    await put(VICTIM);
    await flush();
    await later(1.1);
    expect(server.taken).toEqual(['admin@example.com', 'admin@example.com']);
  });

  it('that nobody can be told about are no reason to write to strangers', async () => {
    server.unkindness = { RCPT: '550 5.1.1 No such user' };
    server.victim = 'made-up@example.com';
    await put('made-up@example.com');
    await flush();
    await later(1.1);
    expect([server.refusals, server.taken]).toEqual([1, []]);
  });
});

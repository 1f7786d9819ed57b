import { once } from 'node:events';
import { HashQueue, MAX_WAITING_PER_CORE, hashesAtATime } from '../../src/auth/hash-queue';
import { Answer, PASSWORD, Visitor, fieldErrors } from '../support/visitor';
import { Mailbox } from '../support/mailbox';
import { TestApp } from '../support/test-app';
import { travel } from '../support/travel';

const LIMIT = 3;
/** Factors of the limit, as `docs/settings.md` has them. */
const GUESSES = 5 * LIMIT;
const WRITES = 6 * LIMIT;

/** As the proxy in front tells it. */
const from = (address: string) => ({ 'X-Forwarded-For': address });

function expectRefused(answer: Answer, h1: string): void {
  const seconds = Number(answer.headers.get('Retry-After'));
  expect([answer.status, answer.page.querySelector('h1')?.text]).toEqual([429, h1]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.page.querySelector('[role=alert]')?.text).toMatch(
    /Too many attempts\. Please wait (\d+ seconds?|a minute) and try again\./,
  );
}

describe('Rate limits', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start({ AUTH_RATE_LIMIT: String(LIMIT) });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await app.stop();
  });

  const attempt = (path: string, fields: Record<string, string>, address: string) =>
    app.visitor(from(address)).post(path, { password: 'a wrong password', ...fields });

  /** Wrong passwords for a name, an address each, until strangers are refused. @returns how many were checked */
  async function flood(username: string): Promise<number> {
    for (let guess = 0; guess <= GUESSES; guess++) {
      const { status } = await attempt('/login', { username }, `192.0.2.${guess}`);
      if (status === 429) return guess;
      expect(status).toBe(422);
    }
    throw new Error('Nobody stopped it');
  }

  async function signedIn(username: string, address: string): Promise<Visitor> {
    const visitor = app.visitor(from(address));
    expect((await visitor.register(username)).status).toBe(303);
    expect((await visitor.signIn(username)).status).toBe(303);
    return visitor;
  }

  describe('of POST /login and POST /register', () => {
    it('answer too many attempts from one address with the form, what was typed, and when to come back', async () => {
      for (const path of ['/login', '/register', '/login']) {
        expect((await attempt(path, { username: `name${path.length}` }, '192.0.2.1')).status).toBe(422);
      }
      const answer = await attempt('/login', { username: 'another' }, '192.0.2.1');
      expectRefused(answer, 'Sign in');
      expect(answer.page.querySelector('input[name=username]')?.getAttribute('value')).toBe('another');
      expect(app.log.security.at(-1)).toMatch(/event=rate_limit outcome=refused address=192.0.2.1 /);
      expect((await attempt('/login', { username: 'another' }, '192.0.2.2')).status).toBe(422);
    });

    it('tell how long to wait whatever happens to the clock', async () => {
      for (let guess = 0; guess < LIMIT; guess++) await attempt('/login', { username: 'susan' }, '192.0.2.1');
      travel(-3_600_000);
      expectRefused(await attempt('/login', { username: 'susan' }, '192.0.2.1'), 'Sign in');
    });

    it('count a network of IPv6 as one address', async () => {
      for (let host = 0; host < LIMIT; host++) {
        expect((await attempt('/login', { username: 'susan' }, `2001:db8::${host}`)).status).toBe(422);
      }
      expectRefused(await attempt('/login', { username: 'susan' }, '2001:db8::ffff'), 'Sign in');
      expect((await attempt('/login', { username: 'susan' }, '2001:db8:0:1::1')).status).toBe(422);
    });

    it('stop strangers who try one name from everywhere, however they write it', async () => {
      expect(await flood('susan')).toBe(GUESSES);
      expectRefused(await attempt('/login', { username: ' SUSAN ' }, '198.51.100.1'), 'Sign in');
      expect((await attempt('/login', { username: 'john' }, '198.51.100.1')).status).toBe(422);
      expect(app.log.security.filter((line) => line.includes('event=rate_limit'))).toHaveLength(2);
    });

    it('do not lock out whose name it is, in a browser that has been signed in before', async () => {
      const owner = await signedIn('susan', '198.51.100.1');
      await owner.signOut();
      await flood('susan');
      expect((await owner.signIn('susan')).status).toBe(303);
    });

    it('do not lock out who shares an address with the attacker', async () => {
      const owner = await signedIn('susan', '198.51.100.1');
      await owner.signOut();
      for (let guess = 0; guess < 2 * LIMIT; guess++) {
        await attempt('/login', { username: 'susan' }, '198.51.100.1');
      }
      expectRefused(await attempt('/login', { username: 'susan' }, '198.51.100.1'), 'Sign in');
      expect((await owner.signIn('susan')).status).toBe(303);
    });

    it('limit a known browser too, which may be stolen, and let it try no other name', async () => {
      const thief = await signedIn('susan', '198.51.100.1');
      await thief.signOut();
      for (let guess = 0; guess < LIMIT; guess++) {
        expect((await thief.signIn('susan', { password: 'a wrong password' })).status).toBe(422);
      }
      expectRefused(await thief.signIn('susan', { password: 'a wrong password' }), 'Sign in');
      await flood('john');
      expectRefused(await thief.signIn('john', { password: 'a wrong password' }), 'Sign in');
    });

    it('do not count for a name what tries no password for it', async () => {
      for (let visit = 0; visit < GUESSES; visit++) {
        await attempt('/register', { username: 'susan' }, `192.0.2.${visit}`);
        await attempt('/login', { username: 'susan', password: '' }, `192.0.2.${visit}`);
      }
      expect((await attempt('/login', { username: 'susan' }, '198.51.100.1')).status).toBe(422);
    });

    it('do not count pages', async () => {
      for (let views = 0; views < 5; views++) expect((await app.visitor().get('/login')).status).toBe(200);
    });
  });

  describe('of POST /change_password', () => {
    const change = (visitor: Visitor, current_password: string, address: string) =>
      visitor.hiddenFields('/change_password').then((hidden) =>
        visitor.send('/change_password', {
          method: 'POST',
          headers: from(address),
          body: new URLSearchParams({
            ...hidden,
            current_password,
            password: 'another password',
            password2: 'another password',
          }),
        }),
      );

    it('stop guesses at the current password in one session, from wherever they come, and in no other', async () => {
      const owner = await signedIn('susan', '198.51.100.1');
      const thief = owner.withSameCookies();
      const elsewhere = app.visitor(from('198.51.100.2'));
      await elsewhere.signIn('susan');
      for (let guess = 0; guess < LIMIT; guess++) {
        expect((await change(thief, `wrong password ${guess}`, `192.0.2.${guess}`)).status).toBe(422);
      }
      expectRefused(await change(thief, PASSWORD, '192.0.2.200'), 'Change password');
      expect((await change(elsewhere, PASSWORD, '198.51.100.2')).status).toBe(303);
    });
  });

  describe('of everything that changes anything', () => {
    it('keep one person from writing without end, from wherever, and keep what was typed', async () => {
      const writer = await signedIn('susan', '198.51.100.1');
      for (let post = 0; post < WRITES; post++) {
        expect((await writer.post('/posts', { body: `Post ${post}` })).status).toBe(303);
      }
      const refused = await writer.post('/posts', { body: 'One too many' });
      expectRefused(refused, 'Hi, susan!');
      expect(refused.page.querySelector('textarea')?.text).toContain('One too many');
      expect((await writer.post('/edit_profile', { username: 'susan', about_me: 'x' })).status).toBe(429);
      const other = await signedIn('john', '198.51.100.2');
      expect((await other.post('/posts', { body: 'Hello' })).status).toBe(303);
    });

    it('never keep anybody from signing out', async () => {
      const writer = await signedIn('susan', '198.51.100.1');
      for (let post = 0; post <= WRITES; post++) await writer.post('/posts', { body: `Post ${post}` });
      expect((await writer.signOut()).location).toBe('/login');
      expect(await writer.isSignedIn()).toBe(false);
    });
  });
});

describe('Mails that a visitor causes', () => {
  it('are few to one address, and no password is changed without one', async () => {
    const mailbox = new Mailbox();
    await mailbox.open();
    const app = await TestApp.start({ AUTH_RATE_LIMIT: '1000', ...mailbox.settings });
    try {
      const visitor = await app.signedIn('susan');
      const passwords = Array.from({ length: 7 }, (_, index) => `a long password no. ${index}`);
      const change = (current_password: string, password: string) =>
        visitor.post('/change_password', { current_password, password, password2: password });
      let current = PASSWORD;
      for (const password of passwords.slice(0, 5)) {
        expect((await change(current, password)).status).toBe(303);
        current = password;
      }
      const refused = await change(current, 'a long password too many');
      expect(refused.status).toBe(429);
      expect(refused.page.querySelector('[role=alert]')?.text).toMatch(/Please wait (1 hour|\d\d minutes)/);
      expect((await app.visitor().signIn('susan', { password: current })).status).toBe(303);
      await mailbox.arrived(5);
      expect(mailbox.mails).toHaveLength(5);
    } finally {
      await app.stop();
      await mailbox.close();
    }
  });
});

describe('More sign-ins at once than the machine can check', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('are refused with the form and when to come back, while all else goes on, and nobody is mailed', async () => {
    const visitor = app.visitor();
    await visitor.register('susan');
    await visitor.get('/login');
    const queue = app.nest.get(HashQueue);
    const hashing = new AbortController();
    const ended = once(hashing.signal, 'abort');
    const most = hashesAtATime(1) * (MAX_WAITING_PER_CORE + 1);
    const flood = Array.from({ length: most }, () => queue.run(() => ended));

    const { status, headers, page } = await visitor.post('/login', { username: 'susan', password: PASSWORD });
    expect([status, headers.get('Retry-After'), headers.get('Error-Reference')]).toEqual([503, '5', null]);
    expect(page.querySelector('h1')?.text).toBe('Sign in');
    expect(page.querySelector('[role=alert]')?.text.trim()).toBe(
      'Too many people are signing in at the moment. Please try again in a few seconds.',
    );
    expect(page.querySelector('input[name=username]')?.getAttribute('value')).toBe('susan');
    expect((await app.visitor().get('/healthz')).status).toBe(200);
    hashing.abort();
    await Promise.all(flood);

    expect(app.log.errors).toEqual([]);
    expect((await visitor.signIn('susan')).status).toBe(303);
  });
});

describe('The audit trail', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const id = 'address=127.0.0.1 user_id=1';

  it('has who did what, from where, and how it ended', async () => {
    const susan = await app.signedIn('susan');
    const change = (current_password: string) =>
      susan.post('/change_password', {
        current_password,
        password: 'another password',
        password2: 'another password',
      });
    expect(fieldErrors(await change('a wrong password'))).toHaveProperty('current_password');
    await change(PASSWORD);
    await susan.signOut();
    await susan.signIn('SUSAN');
    await susan.signIn('hunter2hunter2');
    await susan.postWithToken('/login', {}, 'invented');
    expect(app.log.security).toEqual([
      'event=registration outcome=success address=127.0.0.1 username="susan"',
      `event=sign_in outcome=success ${id} username="susan"`,
      `event=password_change outcome=failure ${id}`,
      `event=password_change outcome=success ${id}`,
      `event=sign_out outcome=success ${id}`,
      `event=sign_in outcome=failure ${id} username="susan" reason="wrong password"`,
      'event=sign_in outcome=failure address=127.0.0.1 reason="nobody has this name"',
      'event=csrf_token outcome=refused address=127.0.0.1 reason="missing, invalid or expired"',
    ]);
  });
});

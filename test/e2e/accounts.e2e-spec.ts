import { hash } from '@node-rs/argon2';
import { setTimeout } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { PasswordsService } from '../../src/auth/passwords.service';
import { SessionsService } from '../../src/auth/sessions.service';
import { UnitOfWork } from '@microblog/unit-of-work';
import { User } from '../../src/users/user.entity';
import { TestApp } from '../support/test-app';
import { Answer, fieldErrors, PASSWORD, Visitor } from '../support/visitor';

describe('Accounts', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const change = (visitor: Visitor, password: string): Promise<Answer> =>
    visitor.post('/change_password', { current_password: PASSWORD, password, password2: password });

  describe('POST /register', () => {
    it('makes an account and sends to the sign-in page, which says so once', async () => {
      const susan = app.visitor();
      const answer = await susan.register('susan');
      expect(answer).toMatchObject({ status: 303, location: '/login' });
      const congratulations = 'Congratulations, you are now a registered user!';
      expect((await susan.get('/login')).text).toContain(congratulations);
      expect((await susan.get('/login')).text).not.toContain(congratulations);
    });

    it('has the name filled in when it sends to the sign-in page, and the cursor in the password, once', async () => {
      const visitor = app.visitor();
      await visitor.register('Newcomer');
      const username = ({ page }: Answer) => page.querySelector('#username')?.attributes;
      const focused = ({ page }: Answer) => page.querySelectorAll('[autofocus]').map(({ id }) => id);
      const first = await visitor.get('/login');
      expect([username(first)?.value, focused(first)]).toEqual(['Newcomer', ['password']]);
      const second = await visitor.get('/login');
      expect([username(second)?.value, focused(second)]).toEqual(['', ['username']]);
    });

    it('keeps what was typed, save the passwords, and says beside each field what is wrong', async () => {
      const answer = await app
        .visitor()
        .register('-nobody', { email: 'nobody', password: 'pw-12', password2: 'pw-21' });
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({
        username: ['Use letters, digits, dots, dashes and underscores only, with a letter or digit first.'],
        email: ['Invalid email address.'],
        password: ['Use 8 to 128 characters.'],
        password2: ['The two passwords are not the same.'],
      });
      const value = (name: string) => answer.page.querySelector(`input[name=${name}]`)?.getAttribute('value');
      expect([value('username'), value('email')]).toEqual(['-nobody', 'nobody']);
      expect([value('password'), value('password2')]).toEqual(['', '']);
      expect(answer.body).not.toContain('pw-12');
    });

    it('requires every field', async () => {
      const answer = await app.visitor().post('/register');
      expect(Object.keys(fieldErrors(answer))).toEqual(['username', 'email', 'password', 'password2']);
    });

    it.each(['Dora', 'DORA'])('refuses the name %s when dora has it', async (username) => {
      await app.visitor().register('dora');
      const answer = await app.visitor().register(username, { email: `${username}2@example.com` });
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({ username: ['Please use a different username.'] });
    });

    it('refuses an address that somebody has, whatever its case, beyond ASCII too', async () => {
      await app.visitor().register('jose', { email: 'JOSÉ@example.com' });
      const answer = await app.visitor().register('jose2', { email: 'josé@EXAMPLE.com' });
      expect(fieldErrors(answer)).toEqual({ email: ['Please use a different email address.'] });
    });

    it.each([
      ['a', 'x'.repeat(64)],
      ['4', '4.four-_'],
    ])('takes names such as %s and %s', async (...usernames) => {
      for (const username of usernames) {
        const email = `${username.slice(0, 20)}@example.com`;
        expect((await app.visitor().register(username, { email })).status).toBe(303);
      }
    });

    it.each(['', 'x'.repeat(65), '.hidden', '_x', 'zoë', 'a b', 'a/b', 'a\n'.repeat(2)])(
      'refuses the name %j',
      async (username) => {
        expect(
          fieldErrors(await app.visitor().register(username, { email: 'free@example.com' })),
        ).toHaveProperty('username');
      },
    );

    it('takes passwords of 8 to 128 characters, any of them', async () => {
      for (const password of ['12345678', ' '.repeat(8), '🔑'.repeat(128)]) {
        const username = `p${password.codePointAt(0)}`;
        const susan = app.visitor();
        expect((await susan.register(username, { password, password2: password })).status).toBe(303);
        expect((await susan.signIn(username, { password })).status).toBe(303);
      }
      for (const password of ['1234567', '🔑'.repeat(7), 'x'.repeat(129)]) {
        const answer = await app.visitor().register('refused', { password, password2: password });
        expect(fieldErrors(answer)).toHaveProperty('password');
      }
    });

    it('keeps no password but its argon2id hash with the parameters of OWASP', async () => {
      await app.visitor().register('hashed');
      const rows: { password_hash: string }[] = await app.nest
        .get(DataSource)
        .query(`SELECT * FROM users WHERE username = 'hashed'`);
      expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    });
  });

  describe('GET /register and GET /login', () => {
    it('send home who is signed in', async () => {
      const john = await app.signedIn('john');
      for (const path of ['/register', '/login']) {
        expect(await john.get(path)).toMatchObject({ status: 302, location: '/index' });
      }
    });
  });

  describe('POST /change_password', () => {
    it('changes the password and ends all other sign-ins of that person', async () => {
      const here = await app.signedIn('mary');
      const there = app.visitor();
      await there.signIn('mary');
      const password = 'another password';
      const answer = await here.post('/change_password', {
        current_password: PASSWORD,
        password,
        password2: password,
      });
      expect(answer).toMatchObject({ status: 303, location: '/change_password' });
      expect(await here.isSignedIn()).toBe(true);
      expect(await there.isSignedIn()).toBe(false);
      expect((await there.signIn('mary')).status).toBe(422);
      expect((await there.signIn('mary', { password })).status).toBe(303);
    });

    it('makes a copy of the cookie useless that changed it', async () => {
      const nora = await app.signedIn('nora');
      const thief = nora.withSameCookies();
      await change(nora, 'another password');
      expect(await nora.isSignedIn()).toBe(true);
      expect(await thief.isSignedIn()).toBe(false);
    });

    it('lets no sign-in through that had begun with the old password', async () => {
      const olga = await app.signedIn('olga');
      const passwords = app.nest.get(PasswordsService);
      const authenticate = passwords.authenticate.bind(passwords);
      jest.spyOn(passwords, 'authenticate').mockImplementationOnce(async (...typed) => {
        const user = await authenticate(...typed);
        expect((await change(olga, 'another password')).status).toBe(303);
        return user;
      });
      const intruder = app.visitor();
      const answer = await intruder.signIn('olga');
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('Invalid username or password');
      expect(await intruder.isSignedIn()).toBe(false);
    });

    it('waits for a sign-in that is being saved, and then ends it', async () => {
      const petra = await app.signedIn('petra');
      const user = await app.nest.get(PasswordsService).authenticate('petra', PASSWORD);
      const sessions = app.nest.get(SessionsService);
      const unitOfWork = app.nest.get(UnitOfWork);
      let changed: Promise<Answer> | undefined;
      const cookie = await unitOfWork.run(async () => {
        const begun = user && (await sessions.begin(user, false));
        changed = unitOfWork.outside(() => change(petra, 'another password'));
        await setTimeout(50);
        return begun;
      });
      expect((await changed)?.status).toBe(303);
      expect(await sessions.find(cookie?.value ?? '', new Date())).toBeNull();
    });

    it('takes one of two changes at once', async () => {
      const rita = await app.signedIn('rita');
      const twin = app.visitor();
      await twin.signIn('rita');
      const both = [rita, twin];
      const answers = await Promise.all(both.map((one, index) => change(one, `password number ${index}`)));
      const winner = answers.findIndex(({ status }) => status === 303);
      expect(winner).not.toBe(-1);
      expect(answers[1 - winner]?.status).not.toBe(303);
      expect(await Promise.all(both.map((one) => one.isSignedIn()))).toEqual([winner === 0, winner === 1]);
      const password = `password number ${winner}`;
      expect((await app.visitor().signIn('rita', { password })).status).toBe(303);
    });

    it('tells password managers whose password it is, and sends no name', async () => {
      const tina = await app.signedIn('tina');
      const input = (await tina.get('/change_password')).page.querySelector('input[autocomplete=username]');
      expect(input?.getAttribute('value')).toBe('tina');
      expect(input?.hasAttribute('name')).toBe(false);
    });

    it('changes nothing without the current password', async () => {
      const lisa = await app.signedIn('lisa');
      const answer = await lisa.post('/change_password', {
        current_password: 'a guess',
        password: 'another password',
        password2: 'another password',
      });
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({ current_password: ['This is not your current password.'] });
      expect((await app.visitor().signIn('lisa')).status).toBe(303);
    });
  });

  describe('A password with accents', () => {
    const typed = 'Straßencafé — piñata 각';
    const forms = [typed.normalize('NFC'), typed.normalize('NFD')];

    it('is one however it is typed: when registering, signing in and changing it', async () => {
      const zoe = app.visitor();
      const [nfc = '', nfd = ''] = forms;
      expect((await zoe.register('zoe', { password: nfd, password2: nfc })).status).toBe(303);
      for (const password of forms)
        expect((await app.visitor().signIn('zoe', { password })).status).toBe(303);
      await zoe.signIn('zoe', { password: nfc });
      const fields = { current_password: nfd, password: `${nfc}!`, password2: `${nfd}!` };
      expect((await zoe.post('/change_password', fields)).status).toBe(303);
      expect((await app.visitor().signIn('zoe', { password: `${nfd}!` })).status).toBe(303);
    });

    it('has the same length however it is typed', async () => {
      for (const form of ['NFC', 'NFD']) {
        const signUp = (username: string, length: number) => {
          const password = '각'.repeat(length).normalize(form);
          return app.visitor().register(`${username}-${form}`, { password, password2: password });
        };
        for (const [username, length] of [
          ['least', 8],
          ['most', 128],
        ] as const) {
          expect((await signUp(username, length)).status).toBe(303);
        }
        for (const length of [7, 129]) {
          expect(fieldErrors(await signUp('refused', length))).toHaveProperty('password');
        }
      }
    });

    it.each([
      ['composed', 'café piñata', 'NFC', 'NFD'],
      ['decomposed', 'café piñata', 'NFD', 'NFC'],
      ['mixed', 'ê\u0301 tie\u0302\u0301ng', undefined, undefined],
    ])('opens an account whose hash is older, of %s characters', async (kind, text, hashed, later) => {
      const username = `older-${kind}`;
      const users = app.nest.get(DataSource).getRepository(User);
      await app.visitor().register(username);
      const old = hashed ? text.normalize(hashed) : text;
      await users.update({ username }, { passwordHash: await hash(old) });
      for (const password of [old, later ? text.normalize(later) : old, text.normalize('NFC')]) {
        expect((await app.visitor().signIn(username, { password })).status).toBe(303);
      }
      expect((await app.visitor().signIn(username, { password: 'cafe pinata' })).status).toBe(422);
    });
  });
});

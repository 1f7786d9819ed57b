import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app';
import { fieldErrors, PASSWORD } from '../support/visitor';

describe('Accounts', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  describe('POST /register', () => {
    it('makes an account and sends to the sign-in page, which says so once', async () => {
      const susan = app.visitor();
      const answer = await susan.register('susan');
      expect(answer).toMatchObject({ status: 303, location: '/login' });
      const congratulations = 'Congratulations, you are now a registered user!';
      expect((await susan.get('/login')).text).toContain(congratulations);
      expect((await susan.get('/login')).text).not.toContain(congratulations);
    });

    it('keeps what was typed, save the passwords, and says beside each field what is wrong', async () => {
      const answer = await app
        .visitor()
        .register('-nobody', { email: 'nobody', password: 'short', password2: 'shirt' });
      expect(answer.status).toBe(422);
      expect(fieldErrors(answer)).toEqual({
        username: ['Use letters, digits, dots, dashes and underscores only, with a letter or digit first.'],
        email: ['Invalid email address.'],
        password: ['Field must be between 8 and 128 characters long.'],
        password2: ['The two passwords are not the same.'],
      });
      const value = (name: string) => answer.page.querySelector(`input[name=${name}]`)?.getAttribute('value');
      expect([value('username'), value('email')]).toEqual(['-nobody', 'nobody']);
      expect([value('password'), value('password2')]).toEqual(['', '']);
      expect(answer.body).not.toContain('short');
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
});

import { createDatabase, TestDatabase } from '../support/database';
import { RunningApp } from '../support/running-app';
import { fieldErrors } from '../support/visitor';

describe('Two processes on one database', () => {
  let database: TestDatabase;
  let apps: [RunningApp, RunningApp];

  beforeAll(async () => {
    database = await createDatabase();
    const variables = { DATABASE_URL: database.url };
    apps = await Promise.all([RunningApp.start(variables), RunningApp.start(variables)]);
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await database.drop();
  });

  it('share the sign-ins', async () => {
    const susan = apps[0].visitor();
    await susan.register('susan');
    await susan.signIn('susan');
    const there = susan.withSameCookies(apps[1].url);
    expect(await there.isSignedIn()).toBe(true);
    await there.signOut();
    expect(await susan.isSignedIn()).toBe(false);
  });

  it('give a name that 40 people want at the same moment to one of them, and tell the others kindly', async () => {
    const people = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const person = apps[index % 2 === 0 ? 0 : 1].visitor();
        await person.register(`person${index}`);
        await person.signIn(`person${index}`);
        return { person, token: await person.csrfToken('/edit_profile') };
      }),
    );
    const answers = await Promise.all(
      people.map(({ person, token }) =>
        person.postWithToken('/edit_profile', { username: 'wanted', about_me: '' }, token),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([303, ...Array.from({ length: 39 }, () => 422)]);
    for (const answer of answers.filter(({ status }) => status === 422)) {
      expect(fieldErrors(answer)).toEqual({ username: ['Please use a different username.'] });
    }
  });

  it('save everything that was acknowledged while both write', async () => {
    const susan = apps[0].visitor();
    await susan.register('writer');
    await susan.signIn('writer');
    const token = await susan.csrfToken('/index');
    const twin = susan.withSameCookies(apps[1].url);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? susan : twin).postWithToken('/posts', { body: `Post ${index}` }, token),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const first = await susan.get('/user/writer');
    const second = await susan.get('/user/writer?page=2');
    const count = [first, second].flatMap(({ page }) => page.querySelectorAll('.post')).length;
    expect(count).toBe(40);
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, isPostgres, TestDatabase } from '../support/database';
import { Mailbox } from '../support/mailbox';
import { RunningApp } from '../support/running-app';

const FAILING_ROUTES = join(__dirname, '../support/failing-routes.cjs');
const SEND_TEST_ERROR = join(__dirname, '../../dist/src/commands/send-test-error.js');
const REFERENCE = /^\w{4}-\w{4}$/;

interface LogLine {
  level: string;
  id?: string;
  context?: string;
  message: string;
}

describe('A process in trouble', () => {
  let directory: string;
  let database: TestDatabase;
  let mailbox: Mailbox;
  let apps: RunningApp[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'microblog-'));
    database = await createDatabase();
    mailbox = new Mailbox();
    await mailbox.open();
    apps = [];
  });
  afterEach(async () => {
    for (const app of apps) await app.stop();
    await mailbox.close();
    await database.drop();
    rmSync(directory, { recursive: true });
  });

  const start = async (variables: Record<string, string> = {}) => {
    const app = await RunningApp.start({ DATABASE_URL: database.url, LOG_DIR: directory, ...variables });
    apps.push(app);
    return app;
  };
  const startFailing = (variables: Record<string, string> = {}) =>
    start({ NODE_OPTIONS: `--require "${FAILING_ROUTES}"`, ...mailbox.settings, ...variables });
  const lines = ({ output }: RunningApp) =>
    output.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine);
  /** The first line that came from there; a process may have ended before all that it printed is read. */
  const logged = async (app: RunningApp, context: string): Promise<LogLine> => {
    const deadline = performance.now() + 10_000;
    while (performance.now() < deadline) {
      const line = lines(app).find((line) => line.context === context);
      if (line) return line;
      await sleep(10);
    }
    throw new Error(`${context} was not logged:\n${app.output.join('\n')}`);
  };

  describe('after a promise was rejected that nobody waited for', () => {
    it('logs and mails that as any error, and goes on', async () => {
      const app = await startFailing();
      expect((await app.visitor().get('/failing/reject')).status).toBe(200);
      const [mail] = await mailbox.arrived(1);
      const line = await logged(app, 'UnhandledRejection');
      expect(line).toMatchObject({
        level: 'error',
        id: expect.stringMatching(REFERENCE) as string,
        message: 'GET /failing/reject: TypeError: Nobody has waited for this promise',
      });
      expect(mail?.subject).toBe(
        '[Microblog test] GET /failing/reject: TypeError: Nobody has waited for this promise',
      );
      expect(mail?.text).toContain(line.id);
      expect(mail?.text).toMatch(/^> \d+ {2}.*Promise\.reject|at FailingController\.reject/m);

      expect((await app.visitor().get('/failing/reject')).status).toBe(200);
      const [, second] = await mailbox.arrived(2);
      expect(second?.subject).toBe(`${mail?.subject} (2 times)`);
      expect(second?.text).toMatch(/^Count +2 /m);
      expect((await app.visitor().get('/login')).status).toBe(200);
      app.signal('SIGTERM');
      expect(await app.ended()).toBe(0);
    });
  });

  describe('after an exception that nobody caught', () => {
    /** Returns how it ended, and after how many milliseconds. */
    const throwIn = async (app: RunningApp) => {
      const thrown = performance.now();
      await app
        .visitor()
        .get('/failing/throw')
        .catch(() => undefined);
      const code = await app.ended();
      return { code, took: performance.now() - thrown };
    };
    const expectLogged = async (app: RunningApp) => {
      const line = await logged(app, 'UncaughtException');
      expect(line).toMatchObject({
        level: 'fatal',
        id: expect.stringMatching(REFERENCE) as string,
        message: 'GET /failing/throw: RangeError: Nobody has caught this exception',
      });
      return line.id ?? '';
    };

    it('logs and mails that as any error, and ends with 1', async () => {
      const app = await startFailing();
      const { code, took } = await throwIn(app);
      expect(code).toBe(1);
      expect(took).toBeLessThan(2_500);
      const reference = await expectLogged(app);
      const [mail] = await mailbox.arrived(1);
      expect(mail?.subject).toBe(
        '[Microblog test] GET /failing/throw: RangeError: Nobody has caught this exception',
      );
      expect(mail?.text).toContain(reference);
    });

    it('ends also when the mail server hangs', async () => {
      mailbox.manner = 'hang';
      const app = await startFailing();
      const { code, took } = await throwIn(app);
      expect(code).toBe(1);
      expect(took).toBeLessThan(3_000);
      await expectLogged(app);
      expect(mailbox.mails).toEqual([]);
    });

    it('ends also when the database is lost; the mail is sent once there is one again', async () => {
      const doomed = await doomedDatabase();
      const app = await startFailing({ DATABASE_URL: doomed.url });
      await doomed.ruin();
      const { code, took } = await throwIn(app);
      expect(code).toBe(1);
      expect(took).toBeLessThan(3_000);
      const reference = await expectLogged(app);
      const unsent = join(directory, 'unsent-mails');
      const [file = ''] = readdirSync(unsent);
      expect(readFileSync(join(unsent, file), 'utf8')).toContain(reference);
      expect(mailbox.mails).toEqual([]);

      await startFailing();
      const [mail] = await mailbox.arrived(1);
      expect(mail?.text).toContain(reference);
    });

    /** A database that a running application loses. */
    const doomedDatabase = async () => {
      if (isPostgres) {
        const other = await createDatabase();
        return { url: other.url, ruin: () => other.drop() };
      }
      const file = join(directory, 'doomed.sqlite');
      // The index in `-shm` alone would let it go on writing.
      return { url: `sqlite:${file}`, ruin: () => overwrite(file, `${file}-wal`, `${file}-shm`) };
    };
  });

  describe('in production', () => {
    const startProduction = (variables: Record<string, string>) =>
      start({ NODE_ENV: 'production', ...variables });

    it.each([
      ['MAIL_SERVER and ADMINS are', ['MAIL_SERVER', 'ADMINS'], 'MAIL_SERVER and ADMINS not set'],
      ['MAIL_SERVER is', ['MAIL_SERVER'], 'MAIL_SERVER not set'],
      ['ADMINS is', ['ADMINS'], 'ADMINS not set'],
    ])('warns when %s missing', async (_case, missing, warning) => {
      const settings = Object.fromEntries(missing.map((name) => [name, '']));
      const app = await startProduction({ ...mailbox.settings, ...settings });
      expect(lines(app)).toContainEqual(
        expect.objectContaining({ level: 'warn', message: `Nobody is told of errors: ${warning}` }),
      );
    });

    it('does not warn when somebody is told of errors', async () => {
      const app = await startProduction(mailbox.settings);
      expect(lines(app).filter(({ level }) => level !== 'info')).toEqual([]);
    });
  });

  describe('that is only a test of errors', () => {
    const testErrors = (variables: Record<string, string>) =>
      new Promise<{ code: unknown; output: string }>((resolve) => {
        const env = {
          PATH: process.env.PATH,
          DATABASE_URL: database.url,
          LOG_DIR: directory,
          NODE_ENV: 'test',
          SECRET_KEY: 'a key for tests, long enough to sign with',
          ...variables,
        };
        const options = { cwd: directory, env };
        execFile(process.execPath, [SEND_TEST_ERROR], options, (error, stdout, stderr) =>
          resolve({ code: error ? error.code : 0, output: stdout + stderr }),
        );
      });

    it('says where a real error has arrived, and ends with 0', async () => {
      const { code, output } = await testErrors(mailbox.settings);
      const [, reference = '?'] = /^page +arrived +500, reference (\S+)$/m.exec(output) ?? [];
      expect(reference).toMatch(REFERENCE);
      expect(output).toMatch(/^log +arrived .*microblog\.log/m);
      expect(output).toMatch(/^mail to admin@example\.com +arrived /m);
      expect(output).not.toContain('NOT ARRIVED');
      expect(code).toBe(0);
      expect(readFileSync(join(directory, 'microblog.log'), 'utf8')).toContain(reference);
      expect(mailbox.mails).toEqual([
        expect.objectContaining({ text: expect.stringContaining(reference) as string }),
      ]);
    });

    it('names the recipient that is refused, and ends with 1', async () => {
      mailbox.unknown.add('nobody@example.com');
      const { code, output } = await testErrors({
        ...mailbox.settings,
        ADMINS: 'nobody@example.com, admin@example.com',
      });
      expect(output).toMatch(/^mail to nobody@example\.com +NOT ARRIVED .*No such mailbox/m);
      expect(output).toMatch(/^mail to admin@example\.com +arrived /m);
      expect(code).toBe(1);
      expect(mailbox.mails).toMatchObject([{ to: { text: 'admin@example.com' } }]);
    });

    it('says that no mail server is set, and ends with 1', async () => {
      const { code, output } = await testErrors({ ...mailbox.settings, MAIL_SERVER: '' });
      expect(output).toMatch(/^page +arrived /m);
      expect(output).toMatch(/^log +arrived /m);
      expect(output).toMatch(/^mail +NOT ARRIVED +MAIL_SERVER is not set$/m);
      expect(code).toBe(1);
      expect(mailbox.mails).toEqual([]);
    });
  });
});

/** Leaves files their length, and nothing else. */
async function overwrite(...files: string[]): Promise<void> {
  for (const file of files) await writeFile(file, Buffer.alloc(statSync(file).size, 'x'), { flag: 'r+' });
}

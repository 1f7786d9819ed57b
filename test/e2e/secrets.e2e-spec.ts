import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { PasswordField, fieldsOf } from '@microblog/forms';
import { ChangePasswordDto } from '../../src/auth/change-password.dto';
import { LoginDto } from '../../src/auth/login.dto';
import { RegisterDto } from '../../src/auth/register.dto';
import { ErrorReporter } from '../../src/error-mails/error-reporter';
import { OutboxWorker } from '../../src/mail/outbox-worker';
import { Canary } from '../support/canary';
import { isPostgres } from '../support/database';
import { FailingModule } from '../support/failing.module';
import { Mailbox } from '../support/mailbox';
import { TestApp } from '../support/test-app';
import { Answer, Visitor } from '../support/visitor';

interface Sent {
  path?: string;
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
  fields?: Record<string, unknown>;
}

class SecurityQuestionDto {
  @PasswordField('Name of your first pet')
  readonly first_pet = '';
}

const INPUTS: Record<string, (canary: Canary) => Sent> = {
  ...Object.fromEntries(
    [LoginDto, RegisterDto, ChangePasswordDto, SecurityQuestionDto]
      .flatMap(({ prototype }) => [...fieldsOf(prototype)])
      .filter(([, { kind }]) => kind.isSecret)
      .map(([name]) => [name, ({ text }: Canary) => ({ fields: { [name]: text } })]),
  ),
  'a percent-encoded password': ({ uri }) => ({ fields: { password: uri } }),
  'a password in base64': ({ base64 }) => ({ fields: { password: base64 } }),
  'a password by a client of the API': ({ text }) => ({
    headers: { Accept: 'application/problem+json' },
    fields: { password: text },
  }),
  'a password by a script': ({ text }) => ({ headers: { Accept: 'text/plain' }, fields: { password: text } }),
  'a password that is a parameter of SQL': ({ text }) => ({ path: 'sql/0', fields: { password: text } }),
  'a password that is thrown in a cycle': ({ text }) => ({ path: 'cyclic/0', fields: { password: text } }),
  'what a form declares as secret, within another name': ({ text }) => ({
    fields: { 'user[first_pet]': text },
  }),
  'a key deep in a body': ({ text }) => ({ fields: { user: { settings: [{ apiKey: text }] } } }),
  'the code of a card': ({ text }) => ({ fields: { credit: { cvv: text } } }),
  'an Authorization header (Bearer)': ({ text }) => ({ headers: { Authorization: `Bearer ${text}` } }),
  'an Authorization header (Basic)': ({ text }) => ({
    headers: { Authorization: `Basic ${Buffer.from(`susan:${text}`).toString('base64')}` },
  }),
  'X-Api-Key': ({ uri }) => ({ headers: { 'X-Api-Key': uri } }),
  'the session cookie': ({ uri }) => ({ cookies: { session: uri } }),
  'another cookie': ({ base64url }) => ({ cookies: { theme: base64url } }),
  'access_token in the query': ({ uri }) => ({ path: `error/0?access_token=${uri}` }),
  'a token in the path': ({ uri }) => ({ path: `error/${uri}` }),
  'a token in the path, all in percents': ({ percents }) => ({ path: `error/${percents}` }),
  'a token in the path, asked for as JSON': ({ uri }) => ({
    path: `error/${uri}`,
    headers: { Accept: 'application/json' },
  }),
  'a token in the Referer': ({ uri }) => ({ headers: { Referer: `http://localhost/reset?token=${uri}` } }),
};

describe('Secrets in a request', () => {
  let mailbox: Mailbox;
  let app: TestApp;
  let canary: Canary;

  beforeAll(async () => {
    mailbox = new Mailbox();
    await mailbox.open();
    app = await start();
  });
  beforeEach(() => (canary = new Canary()));
  afterAll(async () => {
    await app.stop();
    await mailbox.close();
  });

  const start = () => TestApp.start({ ...mailbox.settings, LOG_MAX_BYTES: '0' }, [FailingModule]);

  /** Sends harmless things beside the secret, and a remark that repeats it under a harmless name. */
  const post = (visitor: Visitor, csrfToken: string, remark: string, sent: Sent) => {
    for (const [name, value] of Object.entries(sent.cookies ?? {})) visitor.cookies.set(name, value);
    const headers = { 'User-Agent': 'Mosaic/1.0', Accept: 'text/html', ...sent.headers };
    return visitor.send(`/failing/secrets/${sent.path ?? 'error/0'}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        csrf_token: csrfToken,
        colour: 'green',
        remark: `${remark} ${canary.forms}`,
        ...sent.fields,
      }),
    });
  };
  const answered = ({ body, headers }: Answer) => JSON.stringify([body, [...headers]]);
  const files = (directory: string) =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
      .join('\n');
  const tables = async () => {
    const dataSource = app.nest.get(DataSource);
    const names: { name: string }[] = await dataSource.query(
      isPostgres
        ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
        : `SELECT name FROM sqlite_master WHERE type = 'table'`,
    );
    const rows = names.map(({ name }) => dataSource.query<unknown[]>(`SELECT * FROM "${name}"`));
    return JSON.stringify(await Promise.all(rows));
  };
  /** All that the application has told or written down, once all mails are out. */
  const everything = async (answer: Answer) => {
    await app.nest.get(ErrorReporter, { strict: false }).flush();
    await app.nest.get(OutboxWorker, { strict: false }).flush();
    return {
      answer: answered(answer),
      console: JSON.stringify(app.log.entries),
      logs: files(app.logDirectory),
      mails: JSON.stringify(mailbox.mails.map((mail) => [mail, [...mail.headers]])),
      tables: await tables(),
    };
  };
  const placesWith = (text: string | Canary, places: Record<string, string>) =>
    Object.entries(places)
      .filter(([, place]) => (text instanceof Canary ? text.isIn(place) : place.includes(text)))
      .map(([name]) => name);

  it.each(Object.keys(INPUTS))('are told to nobody when sent as %s, and all else is', async (name) => {
    const visitor = app.visitor();
    const answer = await post(visitor, await visitor.csrfToken(), name, INPUTS[name]?.(canary) ?? {});
    const reference = answer.headers.get('Error-Reference') ?? '?';
    const places = await everything(answer);
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(reference);
    expect(placesWith(reference, places)).toEqual(Object.keys(places));
    const text = mailbox.mails.find(({ text }) => text?.includes(reference))?.text;
    expect(text).toContain('colour: "green"');
    expect(text).toContain('user-agent: "Mosaic/1.0"');
    expect(text).toContain(`remark: "${name} [hidden] [hidden] [hidden] [hidden]"`);
    expect(placesWith(canary, places)).toEqual([]);
  });

  it.each(['text', 'stack', 'values'])('are told to nobody when code logs them in its %s', async (what) => {
    const visitor = app.visitor();
    const sent = { path: `logged-${what}/0`, fields: { password: canary.text } };
    const answer = await post(visitor, await visitor.csrfToken(), what, sent);
    const places = await everything(answer);
    expect(answer.body).toBe('ok');
    expect(placesWith(`logged-${what}`, places)).toEqual(['console', 'logs', 'mails', 'tables']);
    expect(placesWith(canary, places)).toEqual([]);
  });

  it('are not in the log of a page that is not there', async () => {
    const Referer = `${await app.nest.getUrl()}/index?token=${canary.uri}`;
    const answer = await app.visitor().get(`/nope?token=${canary.uri}`, { Referer });
    const places = await everything(answer);
    expect(answer.status).toBe(404);
    expect(places.logs).toContain('404 GET /nope?token=[hidden], a broken link on /index');
    expect(placesWith(canary, places)).toEqual([]);
  });

  it('are not in the mails that wait on disk', async () => {
    const offline = await start();
    const visitor = offline.visitor();
    const token = await visitor.csrfToken();
    await offline.nest.get(DataSource).destroy();
    const answer = await post(visitor, token, 'offline', { fields: { password: canary.text } });
    const spool = files(join(offline.logDirectory, 'unsent-mails'));
    expect(spool).toContain(answer.headers.get('Error-Reference'));
    expect(spool).toContain('Mosaic/1.0');
    expect(placesWith(canary, { answer: answered(answer), logs: files(offline.logDirectory) })).toEqual([]);
    await offline.stop();
  });
});

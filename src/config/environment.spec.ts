import { availableParallelism } from 'node:os';
import { parseEnvironment } from './environment';
import { StartError } from './start-error';

function refusal(variables: Record<string, string>): StartError {
  try {
    parseEnvironment(variables);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(variables)} was not refused`);
}

describe('parseEnvironment', () => {
  it('has defaults for everything', () => {
    expect(parseEnvironment({})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3000,
      HOST: '127.0.0.1',
      TRUST_PROXY: 'loopback',
      DATABASE_URL: 'sqlite:microblog.sqlite',
      SECRET_KEY: '',
      MAIL_PORT: 25,
      MAIL_USE_TLS: false,
      ADMINS: [],
      AUTH_RATE_LIMIT: 20,
      MICROBLOG_DEBUG: false,
      EDITOR_URL: 'vscode://file{file}:{line}:{column}',
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const names = Object.keys(parseEnvironment({}));
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(parseEnvironment(empty)).toEqual(parseEnvironment({}));
  });

  it('reads numbers, and nothing that it does not know', () => {
    const environment = parseEnvironment({ PORT: '0', AUTH_RATE_LIMIT: '5', HOME: '/home/susan' });
    expect(environment).toMatchObject({ PORT: 0, AUTH_RATE_LIMIT: 5 });
    expect(environment).not.toHaveProperty('HOME');
  });

  it.each(['1', 'true', 'YES', 'On'])('takes %s for on', (value) => {
    expect(parseEnvironment({ MICROBLOG_DEBUG: value }).MICROBLOG_DEBUG).toBe(true);
  });

  it.each(['0', 'false', 'NO', 'Off'])('takes %s for off', (value) => {
    expect(parseEnvironment({ MICROBLOG_DEBUG: value }).MICROBLOG_DEBUG).toBe(false);
  });

  it('reads a list of addresses, with or without spaces', () => {
    const { ADMINS } = parseEnvironment({ ADMINS: 'susan@example.com, john@example.com,' });
    expect(ADMINS).toEqual(['susan@example.com', 'john@example.com']);
  });

  it('refuses debug mode in production only', () => {
    expect(refusal({ NODE_ENV: 'production', MICROBLOG_DEBUG: '1' }).message).toContain('MICROBLOG_DEBUG');
    expect(parseEnvironment({ NODE_ENV: 'test', MICROBLOG_DEBUG: '1' }).MICROBLOG_DEBUG).toBe(true);
  });

  it.each(['123456', '123-456-789', '12 34 56', 'off', 'Off'])('takes %j for the PIN', (pin) => {
    expect(parseEnvironment({ MICROBLOG_DEBUG_PIN: pin }).MICROBLOG_DEBUG_PIN).toBe(pin);
  });

  it('shows no secret key when something else is wrong', () => {
    expect(refusal({ SECRET_KEY: 'catcatcat', PORT: 'eighty' }).message).not.toContain('catcatcat');
  });

  it('serves with one process, and in production with one for each core, unless told otherwise', () => {
    const SECRET_KEY = 'a key that is long enough for production';
    expect(parseEnvironment({}).workers).toBe(1);
    expect(parseEnvironment({ NODE_ENV: 'production', SECRET_KEY }).workers).toBe(availableParallelism());
    expect(parseEnvironment({ NODE_ENV: 'production', SECRET_KEY, WEB_CONCURRENCY: '7' }).workers).toBe(7);
    expect(() => parseEnvironment({ MICROBLOG_DEBUG: '1', WEB_CONCURRENCY: '2' })).toThrow(
      'WEB_CONCURRENCY must be 1 with MICROBLOG_DEBUG',
    );
  });

  it.each(['PORT', 'AUTH_RATE_LIMIT'])('takes blanks in %s for nothing, not for 0', (name) => {
    expect(parseEnvironment({ [name]: ' ' })).toEqual(parseEnvironment({}));
  });
});

describe('Environment', () => {
  it.each([
    ['sqlite:x.sqlite', 'x.sqlite'],
    ['sqlite:data/x.sqlite', 'data/x.sqlite'],
    ['sqlite:/var/x.sqlite', '/var/x.sqlite'],
    ['sqlite:///var/x.sqlite', '/var/x.sqlite'],
    ['postgres://localhost/microblog', undefined],
    ['postgresql://localhost/microblog', undefined],
  ])('finds in %s the file %s', (DATABASE_URL, file) => {
    expect(parseEnvironment({ DATABASE_URL }).sqliteFile).toBe(file);
  });

  it('counts a PIN that is set among the secrets, as it is written and as it may be typed', () => {
    expect(parseEnvironment({ MICROBLOG_DEBUG_PIN: '123-456' }).secrets).toEqual(['123-456', '123456']);
    expect(parseEnvironment({ MICROBLOG_DEBUG_PIN: 'off' }).secrets).toEqual([]);
  });

  it('sends mail from the sender that is set, else from the first admin, else from nobody', () => {
    const ADMINS = 'susan@example.com,john@example.com';
    const MAIL_DEFAULT_SENDER = 'Microblog <no-reply@example.com>';
    expect(parseEnvironment({ ADMINS, MAIL_DEFAULT_SENDER }).mailSender).toBe(MAIL_DEFAULT_SENDER);
    expect(parseEnvironment({ ADMINS }).mailSender).toBe('susan@example.com');
    expect(parseEnvironment({}).mailSender).toBeUndefined();
  });
});

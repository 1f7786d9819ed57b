import { getMetadataStorage } from 'class-validator';
import { Environment, parseEnvironment } from './environment';
import { StartError } from './start-error';

const WHOLE_NUMBER = /must be a whole number (?:of bytes )?from \d+ to \d+/;
const SWITCH = /must be one of 1, true, yes, on, 0, false, no, off/;
const ONE_LINE = /must be one line without control characters/;
const A_HOST = /must be a host name or an IP address/;
const PIN = /must be off, or six digits or more/;
const EDITOR = /must be an address with \{file\}/;
const PERCENT_ENCODED = /percent-encoded/;

/** Any text is right here that is one line. */
const NOT_ONE_LINE: [string, RegExp][] = ['a\nb', 'a\r\nb', 'a\tb', '\u001b[2Ka', 'a\u007fb'].map((value) => [
  value,
  ONE_LINE,
]);
const NOT_A_WHOLE_NUMBER: [string, RegExp][] = ['eighty', '3000x', '80.5', '-1', '1e4', '0x10', '１０'].map(
  (value) => [value, WHOLE_NUMBER],
);
const NOT_A_SWITCH: [string, RegExp][] = ['2', 'perhaps', 'tru', 'enabled', '-1'].map((value) => [
  value,
  SWITCH,
]);

/** Wrong values of each variable, and the reason that is true of each. */
const WRONG: Record<string, [value: string, reason: RegExp][]> = {
  NODE_ENV: ['staging', 'prod', 'Production', 'development,test', 'production;'].map((value) => [
    value,
    /must be one of development, test, production/,
  ]),
  PORT: [...NOT_A_WHOLE_NUMBER, ['65536', /from 0 to 65535/]],
  WEB_CONCURRENCY: [...NOT_A_WHOLE_NUMBER, ['0', /from 1 to 256/]],
  HOST: [
    ['http://127.0.0.1', /not a URL/],
    ['127.0.0.1:3000', /the port belongs in PORT/],
    ['[::1]', /without brackets/],
    ['999.1.1.1', A_HOST],
    ['my host', A_HOST],
    ['*', A_HOST],
  ],
  TRUST_PROXY: ['nonsense', '-1', '1.5', '10.0.0.0/33', 'loopback, nonsense', 'http://proxy'].map((value) => [
    value,
    /must be a number of proxies, or names or addresses of proxies/,
  ]),
  DATABASE_URL: [
    ['mysql://susan:catcatcat@localhost/microblog', /must begin with sqlite: or postgres:\/\//],
    ['Postgres://susan:catcatcat@localhost/microblog', /must begin with sqlite: or postgres:\/\//],
    ['microblog.sqlite', /must begin with sqlite: or postgres:\/\//],
    ['postgres://susan:catcatcat@localhost:99999/microblog', /a port below 65536/],
    ['postgres://susan:catcatcat#x@localhost/microblog', PERCENT_ENCODED],
    ['postgres://susan:123#catcatcat@localhost/microblog', PERCENT_ENCODED],
    ['postgres://susan:123/catcatcat@localhost/microblog', PERCENT_ENCODED],
    ['postgres://susan:123?catcatcat@localhost/microblog', PERCENT_ENCODED],
    ['postgres://susan:catcatcat%zz@localhost/microblog', PERCENT_ENCODED],
    ['postgres://', /must be a valid URL|must name a server/],
    ['sqlite:', /must name a file/],
    ['sqlite:data/', /must name a file/],
    ['sqlite::memory:', /must name a file, not :memory:/],
    ['sqlite:file::memory:?cache=shared', /must name a file, not :memory:/],
    ['sqlite://x.sqlite', /one slash or three/],
    ['sqlite:x.sqlite?mode=ro', /must not have parameters/],
  ],
  SECRET_KEY: NOT_ONE_LINE,
  MAIL_SERVER: [
    ['smtp://mail.example.com', /not a URL/],
    ['smtp://susan:catcatcat@mail.example.com', /not a URL/],
    ['mail.example.com:587', /the port belongs in MAIL_PORT/],
    ['[2001:db8::1]:25', /without brackets/],
    ['mail.example.com, mail.example.org', A_HOST],
    ['-mail.example.com', A_HOST],
    ['1.2.3', A_HOST],
  ],
  MAIL_PORT: [...NOT_A_WHOLE_NUMBER, ['0', /from 1 to 65535/], ['65536', /from 1 to 65535/]],
  MAIL_USE_TLS: NOT_A_SWITCH,
  MAIL_USERNAME: NOT_ONE_LINE,
  MAIL_PASSWORD: NOT_ONE_LINE,
  MAIL_DEFAULT_SENDER: [
    'susan',
    'susan@',
    '@example.com',
    'Microblog <susan>',
    'a@example.com, b@example.com',
  ].map((value) => [value, /must be an email address/]),
  ADMINS: [
    ['susan@example.com, john', /"john" is not one/],
    ['susan@example.com; john@example.com', /separated by commas/],
    ['susan@example.com john@example.com', /separated by commas/],
    ['Susan <susan@example.com>', /is not one/],
    ['@', /"@" is not one/],
  ],
  AUTH_RATE_LIMIT: NOT_A_WHOLE_NUMBER,
  LOG_DIR: NOT_ONE_LINE,
  LOG_MAX_BYTES: [
    ...NOT_A_WHOLE_NUMBER,
    ['10MB', /a whole number of bytes/],
    ['9'.repeat(20), /of bytes from 0/],
  ],
  LOG_BACKUP_COUNT: [...NOT_A_WHOLE_NUMBER, ['1001', /from 0 to 1000/]],
  LOG_TO_STDOUT: NOT_A_SWITCH,
  MICROBLOG_DEBUG: NOT_A_SWITCH,
  MICROBLOG_DEBUG_PIN: ['12345', '1-2-3-4-5', '123-45a', '-', 'on', '123456\n!'].map((value) => [value, PIN]),
  EDITOR_URL: ['vscode', 'javascript:{file}', 'vscode://file', '{file}', '://{file}'].map((value) => [
    value,
    EDITOR,
  ]),
};

/** What must not be shown of the variables that are right. */
const SECRETS = {
  SECRET_KEY: 'canary-of-the-key-that-signs-all-cookies',
  MAIL_PASSWORD: 'canary-of-the-mail-password',
  MAIL_USERNAME: 'susan',
  MICROBLOG_DEBUG_PIN: '918273645',
  DATABASE_URL: 'postgres://susan:canary-of-the-database@localhost/microblog',
};

const variables = new Set(
  getMetadataStorage()
    .getTargetValidationMetadatas(Environment, '', true, false)
    .map(({ propertyName }) => propertyName),
);

function refusal(settings: Record<string, string>): string {
  try {
    parseEnvironment(settings);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  throw new Error(`${JSON.stringify(settings)} was not refused`);
}

describe('A wrong setting', () => {
  it('is known for every variable, in five ways at least', () => {
    const tried = Object.keys(WRONG).filter((name) => (WRONG[name]?.length ?? 0) >= 5);
    expect(tried.sort()).toEqual([...variables].sort());
  });

  const cases = Object.entries(WRONG).flatMap(([name, values]) =>
    values.map(([value, reason]) => [name, value, reason] as const),
  );

  it.each(cases)('%s=%j stops the start with one line that names it and says why', (name, value, reason) => {
    const message = refusal({ [name]: value });
    expect(message).toMatch(/^[^\r\n]+$/);
    expect(message.startsWith(`${name} `)).toBe(true);
    expect(message).toMatch(reason);
    expect(message).not.toContain('catcatcat');
  });

  it.each(cases)('%s=%j shows no secret', (name, value) => {
    const message = refusal({ ...SECRETS, [name]: value });
    expect(message).not.toMatch(/canary|918273645/);
    if (name in SECRETS && name !== 'MAIL_USERNAME') expect(message).not.toContain(JSON.stringify(value));
  });

  it('is shown, unless it has a secret in it', () => {
    expect(refusal({ PORT: '3000x' })).toContain('(it is "3000x")');
    expect(refusal({ ...SECRETS, PORT: SECRETS.MAIL_PASSWORD })).not.toContain('canary');
    expect(refusal({ HOST: 'http://susan:catcatcat@localhost' })).not.toContain('catcatcat');
  });
});

describe('Settings that do not go together', () => {
  const MAIL = { MAIL_SERVER: 'mail.example.com', ADMINS: 'admin@example.com' };

  it.each([
    [
      'a mail server without a sender',
      { MAIL_SERVER: 'localhost' },
      /MAIL_SERVER.*MAIL_DEFAULT_SENDER or ADMINS$/,
    ],
    [
      'a user name without a password',
      { ...MAIL, MAIL_USERNAME: 'susan' },
      /MAIL_USERNAME and MAIL_PASSWORD/,
    ],
    [
      'a password without a user name',
      { ...MAIL, MAIL_PASSWORD: 'catcatcat' },
      /MAIL_USERNAME and MAIL_PASSWORD/,
    ],
    [
      'debug mode in production',
      { NODE_ENV: 'production', MICROBLOG_DEBUG: '1' },
      /MICROBLOG_DEBUG.*NODE_ENV/,
    ],
    [
      'a short key in production',
      { NODE_ENV: 'production', SECRET_KEY: 'catcatcat' },
      /SECRET_KEY.*NODE_ENV/,
    ],
  ])('such as %s stop the start with one line that names both', (_case, settings, reason) => {
    const message = refusal(settings);
    expect(message).toMatch(/^[^\r\n]+$/);
    expect(message).toMatch(reason);
    expect(message).not.toContain('catcatcat');
  });

  it('do no harm where no mail is sent', () => {
    expect(parseEnvironment({ MAIL_USERNAME: 'susan' }).MAIL_SERVER).toBeUndefined();
  });
});

describe('Hosts', () => {
  it.each([
    'localhost',
    'localhost.',
    'mail.example.com',
    'mail_relay',
    '1and1.example',
    '127.0.0.1',
    '::',
    '::1',
  ])('may be %s', (host) => {
    const settings = { HOST: host, MAIL_SERVER: host, ADMINS: 'admin@example.com' };
    expect(parseEnvironment(settings)).toMatchObject({ HOST: host, MAIL_SERVER: host });
  });

  it.each([
    ['localhost', false],
    ['127.1.2.3', false],
    ['::1', false],
    ['mail.example.com', true],
    ['localhost.example.com', true],
    ['127.0.0.1.example.com', true],
    ['192.0.2.1', true],
  ])('%s takes a password away from this machine: %s', (MAIL_SERVER, isAway) => {
    const login = { MAIL_USERNAME: 'susan', MAIL_PASSWORD: 'catcatcat', ADMINS: 'admin@example.com' };
    expect(parseEnvironment({ MAIL_SERVER, ...login }).sendsPasswordAway).toBe(isAway);
  });
});

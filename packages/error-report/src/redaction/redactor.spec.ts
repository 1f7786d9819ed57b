import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { cutText } from '../cut-text';
import { Redactor } from './redactor';
import { isSecretName, isSecretParameter } from './secret-names';

const SECRET = 'cat & "hörse" <b>\'s/+= \\ 50%';

function collecting(...sources: unknown[]): Redactor {
  const redactor = new Redactor([]);
  for (const source of sources) redactor.collect(source);
  return redactor;
}

describe('isSecretName', () => {
  it.each(
    `auth authToken auth_token X-Auth-Token password password2 PASSWORD newPassword user[password] passwords APIKey
    apikey api_key SECRET_KEY MAIL_PASSWORD connect.sid connectsid sessionid PHPSESSID JSESSIONID csrftoken
    csrfmiddlewaretoken accesstoken passwordhash _csrf xsrf-token Authorization Cookie Set-Cookie pwd jwt otp ssn cvv
    card_number oauth2 idToken JWTs email credentials sig hmac X-Hub-Signature nonce dbpass verification_code resetCode
    kennwort Passwort neues_kennwort mot_de_passe motDePasse contraseña contrasena CONTRASEÑA clave senha wachtwoord
    schlüssel hasło şifre пароль 密码 パスワード`.split(/\s+/),
  )('knows %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(
    `author keyboard monkey tokenize tokenizer passenger username bio page next compass authority secretary spin
    assault keynote hostname content-type user-agent 0 code state statusCode zip_code signal design assertion cleverness`.split(
      /\s+/,
    ),
  )('is not misled by %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('isSecretParameter', () => {
  it.each(['code', 'state', 'assertion', 'client_assertion', 'password'])('knows %s', (name) => {
    expect(isSecretParameter(name)).toBe(true);
  });

  it.each(['status_code', 'barcode', 'statement', 'codec', 'client_assertion_type'])(
    'is not misled by %s',
    (name) => {
      expect(isSecretParameter(name)).toBe(false);
    },
  );
});

describe('Redactor', () => {
  describe('collect', () => {
    it.each<[string, unknown, string]>([
      ['a body', { password: 'hunter22' }, 'hunter22'],
      ['what is nested', { a: [{ b: { token: ['hunter22'] } }] }, 'hunter22'],
      ['everything below a secret name', { auth: { user: { id: 'hunter22' } } }, 'hunter22'],
      ['a number', { pin: 123456 }, '123456'],
      ['a map', new Map([['password', 'hunter22']]), 'hunter22'],
      ['search parameters', new URLSearchParams({ token: 'hunter22' }), 'hunter22'],
      ['an encoded cookie', { cookie: 'session=hunter%2F22; a=b' }, 'hunter/22'],
      ['any cookie', { cookie: 'a=b; theme=hunter22' }, 'hunter22'],
      ['a cookie that is set', { 'set-cookie': ['session=hunter22; Path=/'] }, 'hunter22'],
      ['the value in a signed cookie', { cookie: 'sid=s%3Ahunter22.c2lnbmF0dXJl' }, 'hunter22'],
      ['a bearer', { authorization: 'Bearer hunter22' }, 'hunter22'],
      ['a basic login', { authorization: `Basic ${btoa('susan:hunter:22')}` }, 'hunter:22'],
      ['a token in base64', { token: btoa('hunter 22') }, 'hunter 22'],
      ['JSON in a text', { data: '{"a":[{"password":"hunter22"}]}' }, 'hunter22'],
      ['JSON in JSON', { data: JSON.stringify({ b: JSON.stringify({ token: 'hunter22' }) }) }, 'hunter22'],
      ['JSON under a secret name', { session: '{"user":"hunter22"}' }, 'hunter22'],
      ['an encoded form in a text', { data: 'a=1&password=hunter%2022' }, 'hunter 22'],
      ['a URL', { referer: 'http://localhost/reset?token=hunter22#top' }, 'hunter22'],
      ['a URL in a URL', { referer: '/login?next=%2Freset%3Fa%3Db%26token%3Dhunter22' }, 'hunter22'],
      ['a URL in a decoded query', { next: '/login?next=/reset?token=hunter22' }, 'hunter22'],
      ['a text of its own', 'token=hunter22', 'hunter22'],
    ])('remembers %s', (_case, source, secret) => {
      expect(collecting(source).redactText(`It was ${secret}.`)).toBe('It was [hidden].');
    });

    it('knows a secret however it is spelled in a URL', () => {
      expect(collecting({ token: 'hunter22' }).redactText('/%72eset/%68unter%32%32')).toBe(
        '/%72eset/[hidden]',
      );
    });

    it('remembers every secret, however many there are', () => {
      const passwords = Array.from({ length: 2_000 }, (_, index) => `secret ${index * 7919} value`);
      const redactor = collecting(
        { password: passwords },
        Object.fromEntries(passwords.map((value, index) => [`token${index}`, `${value}s`])),
      );
      for (const password of passwords) {
        expect(redactor.redactText(`It was ${password}.`)).toBe('It was [hidden].');
        expect(redactor.redactText(`It was ${password}s.`)).toBe('It was [hidden].');
      }
    });

    it('remembers a secret behind 50,000 other things, or below 1,000', () => {
      let deep: unknown = { password: 'hunter22' };
      for (let depth = 0; depth < 1_000; depth++) deep = { deep };
      expect(collecting(deep).redactText('hunter22')).toBe('[hidden]');
      const late = { rest: Array<number>(50_000).fill(0), last: { password: 'hunter22' } };
      expect(collecting(late).redactText('hunter22')).toBe('[hidden]');
    });

    it('has everything hidden where there is more than it can look at', () => {
      const vast = Array.from({ length: 300_000 }, (_, index) => index);
      expect(collecting({ vast, token: 'hunter22' }).redactText('hunter23')).toBe('[hidden]');
    });

    it('remembers nothing else', () => {
      const source = { username: 'susan', author: 'john', page: '2', remember_token: true, token: 'true' };
      const text = 'susan and john are on page 2, that is true';
      expect(collecting(source, { 'set-cookie': 'a=1; SameSite=Strict' }).redactText(`${text}, Strict`)).toBe(
        `${text}, Strict`,
      );
    });

    it('survives whatever it is given', () => {
      const cyclic: Record<string, unknown> = { password: 'hunter22' };
      cyclic.self = [cyclic];
      let deep: object = {};
      for (let i = 0; i < 50_000; i++) deep = { deep };
      const broken = {
        get token() {
          throw new Error('broken');
        },
      };
      const trap = new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('trap');
          },
        },
      );
      const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`token${i}`, `value ${i}`]));
      const redactor = collecting(
        cyclic,
        deep,
        broken,
        trap,
        wide,
        null,
        undefined,
        5n,
        Symbol('a'),
        () => 1,
      );
      expect(redactor.redactText('hunter22')).toBe('[hidden]');
    });
  });

  describe('redactText', () => {
    it.each<[string, string]>([
      ['raw', SECRET],
      ['in a URL', encodeURIComponent(SECRET)],
      ['in a URL in lower case', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
      ['in a URL within a URL', encodeURIComponent(encodeURIComponent(SECRET))],
      ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
      ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
      ['in JSON within JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
      ['in base64', Buffer.from(SECRET).toString('base64')],
      ['in base64url', Buffer.from(SECRET).toString('base64url')],
      ['in HTML', 'cat &amp; &quot;hörse&quot; &lt;b&gt;&#x27;s/+&#x3D; \\ 50%'],
      ['in the HTML of others', 'cat &amp; &quot;hörse&quot; &lt;b&gt;&#39;s/+= \\ 50%'],
    ])('hides a remembered value %s', (_case, written) => {
      expect(new Redactor([SECRET]).redactText(`before ${written} after`)).toBe('before [hidden] after');
    });

    describe('derived', () => {
      const TYPED = '  Ünïque & "Pass/word"+100%  ';
      const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      const uri = encodeURIComponent;

      it.each<[string, string]>([
        ['in small letters', TYPED.toLowerCase()],
        ['in capitals', TYPED.toUpperCase()],
        ['trimmed', TYPED.trim()],
        ['trimmed and in small letters', TYPED.trim().toLowerCase()],
        ['decomposed', TYPED.normalize('NFD')],
        ['decomposed and in small letters', TYPED.trim().toLowerCase().normalize('NFD')],
        ['in a URL', uri(TYPED)],
        ['in a URL in a URL in a URL', uri(uri(uri(TYPED)))],
        ['in small letters in a URL', uri(TYPED.trim().toLowerCase())],
        ['decomposed in a URL', uri(TYPED.normalize('NFD'))],
        ['hexadecimal', Buffer.from(TYPED).toString('hex')],
        ['hexadecimal in capitals', Buffer.from(TYPED).toString('hex').toUpperCase()],
        ['hexadecimal within more', Buffer.from(`a:${TYPED.trim()}:b`).toString('hex')],
        ['in a buffer', inspect(Buffer.from(TYPED))],
        ['in base64', base64(TYPED)],
        ['in base64 within more, 1', base64(`a${TYPED.trim()}b`)],
        ['in base64 within more, 2', base64(`aa${TYPED.trim()}bb`)],
        ['in base64url', Buffer.from(`x${TYPED}`).toString('base64url')],
        ['in JSON in base64', base64(JSON.stringify({ a: TYPED }))],
        ['in base64 in a URL', uri(base64(TYPED))],
        ['in JSON', JSON.stringify({ a: TYPED })],
        ['in JSON in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify({ a: TYPED })))],
        ['in JSON in a URL', uri(JSON.stringify({ a: TYPED }))],
        ['in a URL in JSON in HTML', `{&quot;a&quot;:&quot;${uri(TYPED)}&quot;}`],
        [
          'in JSON with escapes',
          `"${TYPED.replace(/[^\0-\x7f]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)}"`,
        ],
        ['in percents', Buffer.from(TYPED).toString('hex').replace(/../g, '%$&')],
        ['by its MD5', hash('md5', TYPED).toString('hex')],
        ['by the MD5 of what is trimmed and small', hash('md5', TYPED.trim().toLowerCase()).toString('hex')],
        ['by its SHA-1', hash('sha1', TYPED).toString('hex')],
        ['by its SHA-256', hash('sha256', TYPED).toString('hex')],
        ['by its SHA-256 in base64', hash('sha256', TYPED).toString('base64')],
        ['by its SHA-256 in base64url', hash('sha256', TYPED).toString('base64url')],
        ['by half of its SHA-256', hash('sha256', TYPED).toString('hex').slice(0, 32)],
        ['by its SHA-512', hash('sha512', TYPED).toString('hex')],
        ['cut by PostgreSQL', `(7, ${TYPED.trim().slice(0, 12)}..., null)`],
        ['cut by inspect', inspect(TYPED, { maxStringLength: 12 })],
      ])('is hidden %s', (_how, written) => {
        const redacted = collecting({ kennwort: TYPED }).redactText(`before ${written} after`);
        expect(redacted).toMatch(/^before .{0,30}\[hidden\].{0,30} after$/s);
        expect(redacted).not.toMatch(/que|pass|word/i);
      });

      it('hides nothing else that looks like one', () => {
        const lines = [
          hash('md5', 'x').toString('hex'),
          base64('something else entirely'),
          '<Buffer 01 02 03 04>',
        ];
        expect(collecting({ kennwort: TYPED }).redactText(lines.join(' '))).toBe(lines.join(' '));
      });
    });

    it.each([
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4',
      'a1'.repeat(32),
      `s%3Ahunter22.${'x'.repeat(43)}`,
      '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g',
      'postgres://susan:hunter22hunter@localhost/db',
      'Bearer abc123abc123',
    ])('shows no part of %s, wherever it is cut', (secret) => {
      const redactor = new Redactor([]);
      for (let length = 1; length < secret.length; length++) {
        const redacted = redactor.redactText(cutText(`It was ${secret}`, 'It was '.length + length));
        expect(redacted).toMatch(
          /^It was (?:Bearer )?(?:postgres:\/\/)?\[hidden\]… \[cut: \d+ characters\]$/,
        );
      }
    });

    it('hides any value in any encoding', () => {
      const alphabet = 'ab 1%&=+/\\"\'<>{}[]:;,.?#ü🙂\n-_~!()*`$';
      const characters = Array.from(alphabet);
      for (let seed = 1; seed < 400; seed++) {
        const value = Array.from(
          { length: 12 },
          (_, i) => characters[(seed * (i + 7) * 31 + i * i * seed) % characters.length],
        );
        const secret = `x${value.join('')}x`;
        const redactor = new Redactor([secret]);
        const base64 = Buffer.from(secret).toString('base64');
        const form = new URLSearchParams([['a', secret]]).toString().slice(2);
        const json = JSON.stringify(secret).slice(1, -1);
        for (const written of [secret, encodeURIComponent(secret), form, json, base64]) {
          expect(redactor.redactText(`<${written}>`)).toBe('<[hidden]>');
        }
        expect(redactor.redactText(inspect({ a: [secret] }))).not.toContain(value.slice(0, 6).join(''));
      }
    });

    it('hides the longest of several values, and what overlaps', () => {
      const redactor = new Redactor(['hunter', 'hunter22', '22two']);
      expect(redactor.redactText('hunter22 hunter hunter22two')).toBe('[hidden] [hidden] [hidden]');
    });

    it('does not look for values of three characters, or for spaces', () => {
      expect(new Redactor(['abc', '', '     ']).redactText('     abc')).toBe('     abc');
    });

    it('takes no character of a value for syntax', () => {
      expect(new Redactor(['$&.*', '(((((']).redactText('a$&.*b((((( .* xx')).toBe(
        'a[hidden]b[hidden] .* xx',
      );
    });

    it('changes nothing a second time', () => {
      const redactor = new Redactor(['hidden', 'hunter22', 'idde']);
      const once = redactor.redactText('hidden hunter22 password=hunter22x&a=[hidden] {"token":["a"],"b":1}');
      expect(once).toBe('[hidden] [hidden] password=[hidden]&a=[hidden] {"token":[hidden],"b":1}');
      expect(redactor.redactText(once)).toBe(once);
    });

    it('hides the beginning of a value where a text was cut in the middle of it', () => {
      const text = cutText('the password is hunter22 indeed', 21);
      expect(new Redactor(['hunter22']).redactText(text)).toBe(
        'the password is [hidden]… [cut: 31 characters]',
      );
    });

    it.each([
      ['$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g', '[hidden]'],
      ['$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy', '[hidden]'],
      ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4', '[hidden]'],
      ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[hidden]'],
      ['-----BEGIN PRIVATE KEY-----\nMIIE cut', '[hidden]'],
      ['postgres://susan:hunter22@localhost/db', 'postgres://susan:[hidden]@localhost/db'],
      ['redis://:hunter22@localhost', 'redis://:[hidden]@localhost'],
      ['a1'.repeat(32), '[hidden]'],
      [`s%3Ahunter22.${'x'.repeat(43)}`, '[hidden]'],
      [`s:hunter22.${'x'.repeat(43)}`, '[hidden]'],
      ['Bearer abc123', 'Bearer [hidden]'],
      [`Basic ${btoa('susan:cat')}`, 'Basic [hidden]'],
    ])('hides %s by its shape', (text, expected) => {
      expect(new Redactor([]).redactText(`(${text})`.slice(1, -1))).toBe(expected);
    });

    it.each([
      ['/reset?token=abc&page=2', '/reset?token=[hidden]&page=2'],
      ['/login?next=%2Freset%3Ftoken%3Dabc%26page%3D2', '/login?next=%2Freset%3Ftoken%3D[hidden]%26page%3D2'],
      ['user[password]=a+b&auth[]=c', 'user[password]=[hidden]&auth[]=[hidden]'],
      ['{"password":"a\\"b","id":1}', '{"password":"[hidden]","id":1}'],
      ['{\\"password\\":\\"a\\\\\\"b\\",\\"id\\":1}', '{\\"password\\":\\"[hidden]\\",\\"id\\":1}'],
      ['{"pin":1234,"id":1}', '{"pin":[hidden],"id":1}'],
      [
        "{ password: 'a b', tokens: [ 'a]', 'b' ], id: 1 }",
        "{ password: '[hidden]', tokens: [hidden], id: 1 }",
      ],
      ["{\n  token:\n   'a b',\n  id: 1 }", "{\n  token:\n   '[hidden]',\n  id: 1 }"],
      ['{"password":"cut in the mid', '{"password":"[hidden]'],
      ['secret_key = abc', 'secret_key = [hidden]'],
      ['password: abc, name: susan', 'password: [hidden], name: susan'],
      ['Authorization: Digest a="b", c\nHost: x', 'Authorization: [hidden]\nHost: x'],
      ['Cookie: a=b; c=d\r\nHost: x', 'Cookie: [hidden]\r\nHost: x'],
      ['Key (token)=(a b) already exists', 'Key (token)=[hidden] already exists'],
    ])('hides what has a secret name in %s', (text, expected) => {
      expect(new Redactor([]).redactText(text)).toBe(expected);
    });

    it.each([
      '    at SessionsService.find (/srv/src/auth/session.middleware.ts:33:15)',
      '    at async file:///srv/dist/auth:3:4',
      'InvalidTokenError: it has expired',
      'SELECT * FROM "sessions" WHERE "token_hash" = $1 AND password = ?',
      'author=susan monkey: george keyboard:x',
      'if (token === other) return (token) => 1;',
      '{"password":"","token":null}',
      'http://localhost:3000/@susan https://example.com/a:b',
      'basic knowledge, bearer of news, deadbeef',
      '',
    ])('leaves %j as it is', (text) => {
      expect(new Redactor([]).redactText(text)).toBe(text);
    });

    it('comes to an end with text that is made to be slow', () => {
      const redactor = new Redactor(['aaaaaaaab', 'hunter22']);
      const parts = [
        'a',
        '-eyJ',
        'token="',
        '["\\',
        '://a:',
        '%3D',
        's%3A',
        'key={`"',
        '\\"',
        'token=[',
        'Bearer ',
        '-----BEGIN ',
      ];
      for (const part of parts)
        expect(redactor.redactText(`${part.repeat(20_000)}\nhunter22`)).not.toContain('hunter22');
    });
  });

  describe('redactObject', () => {
    it('hides what stands under secret names, of whatever type', () => {
      const value = { password: 'a', token: 5, auth: { a: 1 }, cookies: ['a'], a: { apiKey: null }, b: 'b' };
      expect(new Redactor([]).redactObject(value)).toEqual({
        password: '[hidden]',
        token: '[hidden]',
        auth: '[hidden]',
        cookies: '[hidden]',
        a: { apiKey: '[hidden]' },
        b: 'b',
      });
    });

    it('hides remembered values in parameters of SQL, short ones too where they are the whole', () => {
      const redactor = collecting({ password: 'hunter22', pin: '123', otp: 987654 });
      expect(redactor.redactObject(['hunter22', 'a hunter22', '123', 123, '1234', 987654, 5])).toEqual([
        '[hidden]',
        'a [hidden]',
        '[hidden]',
        '[hidden]',
        '1234',
        '[hidden]',
        5,
      ]);
    });

    it('hides remembered values in keys', () => {
      expect(new Redactor(['hunter22']).redactObject({ hunter22: 1 })).toEqual({ '[hidden]': 1 });
    });

    it('copies what JSON does not know', () => {
      const value = {
        date: new Date(0),
        invalid: new Date(NaN),
        url: new URL('http://a/?token=b'),
        pattern: /a/,
        bytes: Buffer.from('ab'),
        map: new Map([['token', 1]]),
        set: new Set([1n]),
        error: new TypeError('token=b'),
        nothing: undefined,
        number: NaN,
        symbol: Symbol('a'),
        function: broken,
      };
      expect(JSON.parse(JSON.stringify(new Redactor([]).redactObject(value)))).toEqual({
        date: '1970-01-01T00:00:00.000Z',
        invalid: 'Invalid Date',
        url: 'http://a/?token=[hidden]',
        pattern: '/a/',
        bytes: '[2 bytes]',
        map: { token: '[hidden]' },
        set: ['1'],
        error: { name: 'TypeError', message: 'token=[hidden]' },
        nothing: null,
        number: 'NaN',
        symbol: '[symbol]',
        function: '[function]',
      });
    });

    it('says what cannot be read', () => {
      const trap = new Proxy({}, { ownKeys: broken });
      const date = Object.assign(new Date(), { toISOString: broken });
      const value = Object.defineProperty({ trap, date }, 'a', { enumerable: true, get: broken });
      expect(new Redactor([]).redactObject(value)).toEqual({
        trap: '[unreadable]',
        date: '[unreadable]',
        a: '[unreadable]',
      });
    });

    it('marks what contains itself, and copies what merely comes twice', () => {
      const shared = { a: 1 };
      const cyclic: Record<string, unknown> = { one: shared, two: shared };
      cyclic.self = cyclic;
      expect(new Redactor([]).redactObject(cyclic)).toEqual({
        one: { a: 1 },
        two: { a: 1 },
        self: '[cyclic]',
      });
    });

    it('is bounded in depth, breadth, length and all', () => {
      const redactor = new Redactor([]);
      let deep: unknown = 'x';
      for (let i = 0; i < 50_000; i++) deep = { deep };
      let doubled: unknown = 'x';
      for (let i = 0; i < 40; i++) doubled = [doubled, doubled, doubled];
      const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`a${i}`, i]));
      for (const value of [deep, doubled, wide, Array(1e6).fill('x'), 'x'.repeat(1e6)]) {
        expect(JSON.stringify(redactor.redactObject(value)).length).toBeLessThan(100_000);
      }
      expect(redactor.redactObject(Array(150).fill(1))).toContain('[50 more]');
    });

    it('hides a value that a cut goes through', () => {
      const copy = new Redactor(['hunter22']).redactObject(`${'x '.repeat(4_997)}hunter22`);
      expect(copy).toMatch(/x \[hidden\]… \[cut: 10002 characters\]$/);
    });

    it('keeps __proto__ an ordinary key', () => {
      const copy = new Redactor([]).redactObject(JSON.parse('{"__proto__":{"a":1}}'));
      expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1}}');
    });
  });
});

function broken(): never {
  throw new Error('broken');
}

describe('A request made to keep the process busy', () => {
  it('has the text hidden instead of searched', () => {
    const redactor = new Redactor([]);
    const password = Array.from({ length: 1_900 }, (_, index) => `${'aaaa'.repeat(8)}&"<%${index}`);
    redactor.collect({ password });
    const text = redactor.redactText(`GET /${'a'.repeat(14_000)} ${password[7] ?? ''}`);
    expect(text.length).toBeLessThan(200);
    expect(text).toContain('[hidden]');
  });
});

describe('the time that redaction takes', () => {
  /** What made, or could make, a search begin again and again; each grows with its length. */
  const HOSTILE: Record<string, (length: number) => string> = {
    'quotes that nothing closes': (length) => `password=[${'"\\'.repeat(length / 2)}`,
    'single quotes that nothing closes': (length) => `password={${"'\\".repeat(length / 2)}`,
    'backticks that nothing closes': (length) => `token=(${'`\\'.repeat(length / 2)}`,
    'quotes of all kinds': (length) => `password=[${'"\'`\\'.repeat(length / 4)}`,
    brackets: (length) => `secret=${'['.repeat(length)}`,
    'brackets that close': (length) => `secret=${'[]'.repeat(length / 2)}`,
    backslashes: (length) => `secret="${'\\'.repeat(length)}`,
    'many pairs': (length) => 'token=['.repeat(length / 7),
    'many quoted pairs': (length) => 'token="'.repeat(length / 7),
    'pairs without a value': (length) => 'token='.repeat(length / 6),
    'encoded separators': (length) => 'token%3D'.repeat(length / 8),
    'beginnings of keys': (length) => '-----BEGIN PRIVATE KEY-----'.repeat(length / 27),
    'beginnings of URLs': (length) => 'a://b:'.repeat(length / 6),
    'beginnings of tokens': (length) => '.eyJ'.repeat(length / 4),
    hexadecimal: (length) => 'a1'.repeat(length / 2),
    bearers: (length) => `Bearer ${'a'.repeat(length)}`,
    blanks: (length) => `password:${' '.repeat(length)}`,
    'lines of blanks': (length) => 'password:\n '.repeat(length / 11),
  };

  /** What a person could think of last: some parts repeated, after others. */
  const PARTS = [
    ...[
      'password',
      'token',
      'Cookie',
      'Bearer ',
      's%3A',
      'eyJ',
      '$argon2',
      '-----BEGIN PRIVATE KEY-----',
      'hunter2',
    ],
    ...[
      '=',
      ':',
      '%3D',
      '"',
      "'",
      '`',
      '\\',
      '\\"',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      '?',
      '&',
      '@',
      '://',
      ',',
      ';',
    ],
    ...[
      ' ',
      '\n',
      '\t',
      '%',
      '%22',
      '%C3%A9',
      '&quot;',
      '&#39;',
      '\\u0041',
      '[hidden]',
      '…',
      '...',
      '/',
      '+',
      '-',
      '_',
    ],
    ...['a', 'A', '1', 'a1', 'é', '漢', '🙂', '\ud800'],
  ];
  const anyText = fc
    .tuple(
      fc.array(fc.constantFrom(...PARTS), { maxLength: 2 }),
      fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 }),
    )
    .map(([before, again]) => ({ before: before.join(''), again: again.join('') }));
  const ways: Record<string, (text: string) => unknown> = {
    'a text': (text) => new Redactor(['hunter22', 'aaaaaaaab', '((((((((x']).redactText(text),
    'a text that was cut': (text) =>
      new Redactor(['hunter22']).redactText(`${text}… [cut: 99999 characters]`),
    'a text with itself as a secret': (text) => collecting({ password: text }).redactText(text.slice(5)),
    'what is to be remembered': (text) =>
      collecting({ a: text, password: text, cookie: text, authorization: text, [text]: text }),
    'an object': (text) => new Redactor(['hunter22']).redactObject({ a: text, [text]: [text] }),
  };

  it.each(Object.entries(ways))('grows with the length alone, whatever it is: %s', (_name, redact) => {
    for (const { before, again } of fc.sample(anyText, { numRuns: 12, seed: 7 })) {
      const text = before + again.repeat(Math.ceil(16_000 / again.length));
      const short = millisecondsFor(text.slice(0, 2_000), redact);
      const factor = millisecondsFor(text.slice(0, 16_000), redact) / Math.max(short, 1);
      expect({ before, again, isLinear: factor < 24 }).toEqual({ before, again, isLinear: true });
    }
  });

  const redactText = (text: string): unknown => new Redactor(['hunter22']).redactText(text);

  function millisecondsFor(text: string, redact = redactText): number {
    const times = [0, 1, 2].map(() => {
      const start = process.cpuUsage();
      redact(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1_000;
    });
    return Math.min(...times);
  }

  // Eight times the text takes 8 times as long where it is linear, and 64 times where it is quadratic.
  it.each(Object.entries(HOSTILE))('grows with the length alone: %s', (_name, text) => {
    const short = millisecondsFor(text(12_000));
    expect(millisecondsFor(text(96_000))).toBeLessThan(24 * Math.max(short, 1));
  });

  it('is bounded for a value that is nearly there everywhere', () => {
    const redactor = collecting({ password: `${'a'.repeat(20_000)}b` });
    const short = redactor.redactText('a'.repeat(19_000));
    expect(short).toContain('[hidden]');
  });
});

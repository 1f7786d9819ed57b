import { Email, IPAddress, MacAddress, StringField, URL, UUID } from '..';
import { errorsOf } from '../../test/form-check';

const TEXT = StringField('Text', { trim: false });

describe.each([
  ['Email', Email, 'susan@example.com', 'Invalid email address.'],
  ['IPAddress', IPAddress, '127.0.0.1', 'Invalid IP address.'],
  ['MacAddress', MacAddress, '01:23:45:67:ab:CD', 'Invalid Mac address.'],
  ['URL', URL, 'https://example.com/path?a=b#c', 'Invalid URL.'],
  ['UUID', UUID, '2bc1c94f-0deb-43e9-92a1-4775189ec9f8', 'Invalid UUID.'],
])('%s', (_name, validator, good, message) => {
  it('passes what is one', async () => {
    expect(await errorsOf([TEXT, validator()], good)).toEqual([]);
  });

  it('refuses what is none', async () => {
    for (const bad of ['', 'abc', ` ${good}`, good.slice(0, 3), good.replace(/[.:-]/, '\n$&')]) {
      expect(await errorsOf([TEXT, validator()], bad)).toEqual([message]);
    }
  });

  it('has a message of its own where one is given', async () => {
    expect(await errorsOf([TEXT, validator({ message: 'Not $value.' })], 'abc')).toEqual(['Not abc.']);
  });
});

describe('Email', () => {
  it.each([
    ['susan', 'An email address must have an @-sign.'],
    ['@example.com', 'There must be something before the @-sign.'],
    ['susan@', 'There must be something after the @-sign.'],
    ['susan@example', 'The part after the @-sign is not valid. It should have a period.'],
    [
      'susan@example.test',
      'The part after the @-sign is a special-use or reserved name that cannot be used with email.',
    ],
    ['su san@example.com', 'The email address contains invalid characters before the @-sign: SPACE.'],
    ['(su,@example.com', "The email address contains invalid characters before the @-sign: '(', ','."],
    ['s\u0007u@example.com', 'The email address contains invalid characters before the @-sign: U+0007.'],
  ])('can say what is wrong with %j', async (text, message) => {
    expect(await errorsOf([TEXT, Email({ granularMessage: true })], text)).toEqual([message]);
    expect(await errorsOf([TEXT, Email()], text)).toEqual(['Invalid email address.']);
  });

  it.each([
    [{ testEnvironment: true }, 'susan@example.test', true],
    [{ testEnvironment: true }, 'susan@example.invalid', false],
    [{}, 'susan@example.LOCAL', false],
    [{}, 'sus\u00e4n@example.com', true],
    [{ allowSmtputf8: false }, 'sus\u00e4n@example.com', false],
    [{ allowEmptyLocal: true }, '@example.com', true],
    [{ allowEmptyLocal: true }, '@', false],
  ])('with %j, of %j: %s', async (options, text, passes) => {
    expect(await errorsOf([TEXT, Email(options)], text)).toHaveLength(passes ? 0 : 1);
  });
});

describe('IPAddress', () => {
  it.each([
    [{}, '::1', false],
    [{ ipv6: true }, '::1', true],
    [{ ipv6: true }, '127.0.0.1', true],
    [{ ipv4: false, ipv6: true }, '127.0.0.1', false],
    [{}, '256.0.0.1', false],
    [{}, '127.1', false],
  ])('with %j, of %j: %s', async (options, text, passes) => {
    expect(await errorsOf([TEXT, IPAddress(options)], text)).toHaveLength(passes ? 0 : 1);
  });

  it('cannot be declared for no family', () => {
    expect(() => IPAddress({ ipv4: false })).toThrow(RangeError);
  });
});

describe('MacAddress', () => {
  it.each(['01-23-45-67-89-ab', '0123.4567.89ab', '0123456789ab', '01:23:45:67:89', '01:23:45:67:89:ag'])(
    'refuses %j',
    async (text) => {
      expect(await errorsOf([TEXT, MacAddress()], text)).toHaveLength(1);
    },
  );
});

describe('URL', () => {
  it.each([
    [{}, 'http://localhost', false],
    [{ requireTld: false }, 'http://localhost', true],
    [{}, 'http://127.0.0.1:65535/', true],
    [{}, 'http://127.0.0.1:65536/', false],
    [{}, 'http://127.0.0/', false],
    [{}, 'http://[::1]/', true],
    [{ allowIp: false }, 'http://127.0.0.1/', false],
    [{ allowIp: false }, 'http://[::1]/', false],
    [{}, 'https://bücher.example/', true],
    [{}, 'https://example.com@evil.example/', false],
    [{ allowUserinfo: true }, 'https://susan:cat@example.com/', true],
    [{}, 'ftp://example.com/', false],
    [{ schemes: ['ftp'] }, 'ftp://example.com/', true],
    [{ schemes: null }, 'git+ssh://example.com/', true],
    [{ schemes: null }, 'javascript:alert(1)', false],
    [{}, 'HTTPS://EXAMPLE.COM', true],
    [{}, '//example.com', false],
    [{}, 'https:///example.com', false],
    [{}, 'https://example.com/a\nb', false],
    [{}, 'https://example.com/\t', false],
    [{}, 'https://exa\nmple.com/', false],
  ])('with %j, of %j: %s', async (options, text, passes) => {
    expect(await errorsOf([TEXT, URL(options)], text)).toHaveLength(passes ? 0 : 1);
  });
});

describe('UUID', () => {
  const HEX = '2bc1c94f0deb43e992a14775189ec9f8';

  it.each([HEX, HEX.toUpperCase(), `{${HEX}}`, `urn:uuid:${HEX}`])('takes %j', async (text) => {
    expect(await errorsOf([TEXT, UUID()], text)).toEqual([]);
  });

  it.each([HEX.slice(1), `${HEX}0`, HEX.replace('2', 'g')])('refuses %j', async (text) => {
    expect(await errorsOf([TEXT, UUID()], text)).toHaveLength(1);
  });
});

import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Redactor } from '@microblog/error-report';
import { previewOf } from './value-inspector';
import { maskedPreview } from './masked-preview';

/** Letters alone, so that nothing hides it for its shape. */
const CANARY = 'catcatcatcat';
const SECRET_KEY = 'a key for tests, long enough to sign with';

describe('maskedPreview', () => {
  const redactor = new Redactor([SECRET_KEY]);
  const mask = (name: string, value: unknown) =>
    maskedPreview(name, value, (text) => redactor.redactText(text));

  class Settings {
    readonly signsWith = SECRET_KEY;
  }

  class User {
    passwordHash = CANARY;
    username = 'susan';
    get token(): string {
      throw new Error('It was run');
    }
  }

  it.each<[string, unknown]>([
    ['password', CANARY],
    ['tokenHash', [CANARY]],
    ['key', { a: CANARY }],
    ['user', new User()],
    ['form', { body: { password: CANARY } }],
    ['pairs', new Map([['password', CANARY]])],
    ['nested', { map: new Map([['secret', CANARY]]) }],
    ['list', [{ authToken: CANARY }]],
    ['match', Object.assign(['a'], { token: CANARY })],
    ['f', Object.assign(() => 1, { apiKey: CANARY })],
    ['symbols', { [Symbol('secret')]: CANARY }],
    ['proxy', new Proxy({ a: CANARY }, { get: () => CANARY })],
    ['inner', { proxy: new Proxy({ a: CANARY }, {}) }],
    ['promise', Promise.resolve(CANARY)],
    ['bytes', Buffer.from(CANARY)],
    ['buffers', { of: Uint8Array.from(Buffer.from(CANARY)).buffer }],
    ['text', `password=${CANARY}`],
    ['pattern', new RegExp(`password=${CANARY}`)],
    ['error', new Error(`password=${CANARY}`)],
    ['boxed', Object(`password=${CANARY}`)],
    ['keyObject', createSecretKey(Buffer.from(CANARY))],
    [
      'custom',
      {
        [inspect.custom]: () => CANARY,
      },
    ],
    ['json', JSON.stringify({ password: CANARY })],
    ['url', `postgres://susan:${CANARY}@localhost/db`],
  ])('hides what stands under the name of a secret, and what is not to be looked into: %s', (name, value) => {
    const preview = mask(name, value);
    expect(preview).not.toContain(CANARY);
    expect(preview).not.toContain(Buffer.from(CANARY).toString('hex').slice(0, 8));
    expect(preview).not.toContain('63 61 74');
  });

  it.each<[string, () => unknown]>([
    ['the key of the application', () => SECRET_KEY],
    ['within a text', () => `${'x'.repeat(300)} signed with ${SECRET_KEY}`],
    ['where the preview is cut', () => `${'x'.repeat(190)}${SECRET_KEY}`],
    ['in a list', () => ['a', SECRET_KEY]],
    ['as a key of a map', () => new Map([[SECRET_KEY, 1]])],
    ['in a set', () => new Set([SECRET_KEY])],
    ['in what nobody looks into', () => ({ a: { b: { c: SECRET_KEY } } })],
    ['in settings', () => new Settings()],
  ])('hides secrets of the application wherever they stand: %s', (_where, value) => {
    expect(mask('x', value())).not.toMatch(/a key for|sign with/);
  });

  it.each([
    () => randomBytes(32).toString('base64url'),
    () => randomBytes(32).toString('base64'),
    () => randomBytes(32).toString('hex'),
    () => randomBytes(16).toString('hex'),
    () => randomUUID(),
  ])('hides what looks made by chance, whatever it is called (%#)', (make) => {
    for (let times = 0; times < 50; times++) {
      const token = make();
      const preview = mask('id', { value: token, text: `It is ${token}.` });
      for (const part of token.match(/.{8}/g) ?? []) expect(preview).not.toContain(part);
    }
  });

  it.each<[unknown]>([
    [undefined],
    [null],
    [7n],
    [Symbol('a')],
    ["it's"],
    [[1, [2, [3]], 'a']],
    [Array.from({ length: 30 }, (_, index) => index)],
    [[, 1]], // eslint-disable-line no-sparse-arrays -- that is the case
    [{ a: 1, b: { c: { d: 1 } }, e: [1, { f: 1 }] }],
    [Object.assign(Object.create(null), { a: 1 })],
    [
      {
        get x() {
          throw new Error('It was run');
        },
        set y(_value: number) {
          throw new Error('It was run');
        },
      },
    ],
    [
      new Map<unknown, unknown>([
        ['a', 1],
        [{ b: 1 }, { c: { d: 1 } }],
      ]),
    ],
    [new Map(Array.from({ length: 30 }, (_, index) => [index, index]))],
    [new Set(['a', { b: 1 }])],
    [new RangeError('no')],
    [User],
    [previewOf],
    [new Date(0)],
    [/a+/g],
    [
      new (class Cat {
        name = 'tom';
        kittens = [{ name: 'kit' }];
      })(),
    ],
    ['src/posts/posts.service.ts'],
    ['Tue, 24 Nov 2026 12:00:00 GMT'],
    ['2026-11-24T12:00:00.123Z'],
    ['a-long-name-with-many-parts-of-it'],
    [{ isSecret: true, token: undefined }],
  ])('shows anything else as it is shown once the PIN is given, case %#', (value) => {
    expect(mask('x', value)).toBe(previewOf(value));
  });

  it('survives whatever it is given', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const odd = Object.create(
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('trap');
          },
        },
      ),
    ) as object;
    const values = [
      cyclic,
      odd,
      new Proxy([], {}),
      new WeakMap(),
      (function* () {
        yield 1;
      })(),
      globalThis,
      process,
    ];
    for (const value of values) expect(typeof mask('x', value)).toBe('string');
  });
});

import * as fc from 'fast-check';
import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { routesOf } from '../../support/routes';
import { TestApp } from '../../support/test-app';
import { Visitor } from '../../support/visitor';

/** How many requests are made up; a longer run with another seed: `FUZZ_RUNS=20000 FUZZ_SEED=7`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 500);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const TIMEOUT_MS = 20_000 + 100 * RUNS;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];
const OTHER_PATHS = ['/', '/static/style.css', '/static/x', '/favicon.ico', '/robots.txt', '/_debugger/x'];
/** What the application, a library or a proxy reads. */
const HEADERS = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Content-Encoding',
  'Content-Type',
  'Expect',
  'Forwarded',
  'Host',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'If-Range',
  'If-Unmodified-Since',
  'Origin',
  'Purpose',
  'Range',
  'Referer',
  'Sec-Fetch-Dest',
  'Sec-Fetch-Mode',
  'Sec-Fetch-Site',
  'User-Agent',
  'X-CSRF-Token',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
  'X-HTTP-Method-Override',
  'X-Request-Id',
];
/** What has a meaning somewhere on the way of a request. */
const MEANINGFUL = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'null',
  'undefined',
  'NaN',
  '-1',
  '9'.repeat(400),
  '1e999',
  '\0',
  '\r\nX: y',
  '\u202e',
  '\ud800',
  '\u{1f469}\u200d\u{1f4bb}',
  '%',
  '%00',
  '%ff',
  '%c0%80',
  '%u0041',
  '&',
  '=',
  ';',
  ',',
  '[',
  ']',
  '[]',
  '[a]',
  '.',
  '..',
  '//',
  '\\',
  ':',
  '?',
  '#',
  '"',
  "'",
  '<b>',
  '{{x}}',
  '${x}',
  'j:',
  'j:{"a":[]}',
  's:',
  'bytes=0-',
  'bytes=-',
  '*/*',
  ';q=2',
  'text/html',
  'application/json',
  'multipart/form-data; boundary=x',
  '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nHello\r\n--x--\r\n',
  'charset=utf-7',
  'gzip',
  'http://[',
  'https://example.com',
  '127.0.0.1',
  '::1%lo',
  'cross-site',
  'same-origin',
  'x'.repeat(3_000),
  'password="',
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...MEANINGFUL) },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
);
const junk = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));

/** Deeper than a recursion over it could go, in few characters. */
const nested = fc
  .tuple(fc.constantFrom(['[', ']'], ['{"a":', '}']), fc.constantFrom(10, 20_000))
  .map(([[open = '', close = ''], depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`);

interface Made {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

describe('Whatever is sent, in whatever form,', () => {
  let app: TestApp;
  let susan: Visitor;
  let nobody: Visitor;
  /** The names of all fields of all forms. */
  let names: string[];
  const hiddenFields = new Map<Visitor, Record<string, string>>();

  beforeAll(async () => {
    app = await TestApp.start();
    susan = await app.signedIn('susan');
    nobody = app.visitor();
    await susan.post('/posts', { body: 'Hello' });
    hiddenFields.set(susan, await susan.hiddenFields('/index'));
    hiddenFields.set(nobody, await nobody.hiddenFields('/login'));
    const pages = await Promise.all([
      ...['/register', '/login'].map((path) => nobody.get(path)),
      ...['/index', '/edit_profile', '/change_password'].map((path) => susan.get(path)),
    ]);
    const fields = pages.flatMap(({ page }) => page.querySelectorAll('form [name]'));
    names = [...new Set(fields.map((field) => field.getAttribute('name') ?? ''))];
  });
  afterAll(() => app.stop());

  const target = () => {
    const paths = [...routesOf(app.nest).map(({ path }) => path), ...OTHER_PATHS];
    const written = fc.oneof(junk.map(inAPath), junk.map(percentEncoded), fc.constantFrom('1', 'susan'));
    return fc
      .tuple(
        fc.constantFrom(...paths),
        fc.array(written, { minLength: 4, maxLength: 4 }),
        written,
        fc.boolean(),
      )
      .map(([path, values, query, hasQuery]) => {
        let next = 0;
        const filled = path.replace(/:\w+/g, () => values[next++] ?? '');
        return hasQuery ? `${filled}?${query}` : filled;
      });
  };

  /** Typed into the fields that there are, and into some that there are not. */
  const form = () => {
    const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, junk);
    return fc.array(fc.tuple(name, fc.oneof(junk, fc.constant('susan')), junk), { maxLength: 8 });
  };
  const body = () =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: form().map((typed) => [
          'application/x-www-form-urlencoded',
          typed.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&'),
        ]),
      },
      form().map((typed) => [
        'application/x-www-form-urlencoded',
        typed.map(([name, value, more]) => `${name}${more}=${value}`).join('&'),
      ]),
      form().map((typed) => ['application/json', JSON.stringify(Object.fromEntries(typed))]),
      fc.json().map((json) => ['application/json', json]),
      nested.map((json) => ['application/json', json]),
      fc.tuple(junk, junk),
      fc.constant(['', '']),
    );

  const requests = () =>
    fc
      .record({
        visitor: fc.constantFrom(susan, nobody),
        method: fc.oneof(fc.constantFrom(...METHODS), fc.constant('POST'), fc.constant('GET')),
        path: target(),
        headers: mostly({}, fc.dictionary(fc.constantFrom(...HEADERS), junk, { maxKeys: 4 })),
        cookies: mostly(
          {},
          fc.dictionary(fc.constantFrom(...susan.cookies.keys(), 'session', '__proto__'), junk),
        ),
        hasToken: mostly(true, fc.constant(false)),
        isZipped: mostly(false, fc.constant(true)),
        typed: body(),
      })
      .map(({ visitor, method, path, headers, cookies, hasToken, isZipped, typed }): Made => {
        const [type = '', typedText = ''] = typed;
        const isSigned = hasToken && type.includes('urlencoded');
        const tokens = new URLSearchParams(isSigned ? hiddenFields.get(visitor) : {}).toString();
        const bytes = Buffer.from([tokens, typedText].filter((one) => one !== '').join('&'));
        const body = isZipped ? gzipSync(bytes) : bytes;
        const jar = Object.entries({ ...Object.fromEntries(visitor.cookies), ...cookies });
        const written = {
          'Content-Type': type,
          ...headers,
          Cookie: jar.map((cookie) => cookie.join('=')).join('; '),
          ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
          'Content-Length': String(body.length),
        };
        const sent = Object.entries(written).map(([name, value]) => [name, asHeader(value)]);
        return { method, path, headers: Object.fromEntries(sent) as Record<string, string>, body };
      });

  async function answerTo({ method, path, headers, body }: Made): Promise<IncomingMessage> {
    const { hostname, port } = new URL(await app.nest.getUrl());
    const signal = AbortSignal.timeout(10_000);
    const sent = request({ hostname, port, method, path, headers, agent: false, signal });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    // An answer that does not wait for the body closes the connection under it.
    sent.on('error', () => undefined);
    sent.end(body);
    const [response] = await answered;
    await text(response).catch(() => undefined);
    return response;
  }

  it(
    'is the sender’s fault, never the server’s',
    async () => {
      await fc.assert(
        fc.asyncProperty(requests(), async (made) => {
          const { statusCode = 0, headers } = await answerTo(made);
          const errors = app.log.errors.splice(0);
          if (statusCode >= 500 || errors.length > 0) throw new Error([statusCode, ...errors].join('\n'));
          const hasSignedOut = headers['set-cookie']?.some((cookie) =>
            cookie.startsWith('microblog_session=;'),
          );
          if (hasSignedOut && !(await susan.isSignedIn())) {
            await susan.signIn('susan');
            hiddenFields.set(susan, await susan.hiddenFields('/index'));
          }
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
      expect((await nobody.get('/login')).status).toBe(200);
    },
    TIMEOUT_MS,
  );
});

/** So that what is made up does not always fall at the first hurdle. */
function mostly<T>(usual: T, unusual: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, unusual);
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** As it is, but for what no client can put on the first line. */
function inAPath(text: string): string {
  return [...Buffer.from(text.toWellFormed())]
    .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16)}`))
    .join('');
}

/** As it is, in the bytes that a header may have. */
function asHeader(text: string): string {
  return Buffer.from(text.toWellFormed())
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ')
    .trim();
}

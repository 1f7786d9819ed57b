import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CUT_NOTE, cutText } from './cut-text';
import { setProjectRoot } from './project-root';
import { serializeError } from './serialize-error';

beforeAll(() => {
  setProjectRoot(join(__dirname, '..'));
});

const broken = () => {
  throw new Error('broken');
};
const throwing = new Proxy({}, { get: () => broken });

/** The stack first: V8 reads the others when it writes it. */
function withGetters(target: object): object {
  for (const name of ['stack', 'name', 'message', 'cause', 'errors', 'code', 'constructor', 'toString']) {
    Object.defineProperty(target, name, { get: broken });
  }
  return Object.defineProperty(target, Symbol.toStringTag, { get: broken });
}

describe('serializeError', () => {
  const cyclic: Record<string, unknown> = { name: 'susan' };
  cyclic.self = cyclic;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['string: "text"', 'text'],
    ['string: ""', ''],
    ['number: -0', -0],
    ['boolean: true', true],
    ['bigint: 10n', 10n],
    ['symbol: Symbol(no)', Symbol('no')],
    ['function: [Function: broken]', broken],
    ['object: { name: [Getter] }', Object.defineProperty({}, 'name', { get: broken, enumerable: true })],
    ["object: { message: 'no error' }", { message: 'no error' }],
    ["object: <ref *1> { name: 'susan', self: [Circular *1] }", cyclic],
    ['object: [ 1 ]', Object.freeze([1])],
  ])('describes what is no error: %s', (description, thrown) => {
    const message = `thrown ${description}`;
    expect(serializeError(thrown)).toEqual({ name: 'NonError', message, frames: [], causes: [] });
  });

  it.each<[string, unknown]>([
    ['an object with getters that throw', withGetters({})],
    ['an error with getters that throw', withGetters(new Error('x'))],
    ['an error without a prototype', Object.setPrototypeOf(new Error('x'), null)],
    ['a proxy whose traps throw', new Proxy({}, throwing)],
    ['a proxy of an error whose traps throw', new Proxy(new Error('x'), throwing)],
    ['a function behind such a proxy', new Proxy(() => 1, throwing)],
    ['a revoked proxy', revoked.proxy],
    ['an error that contains a revoked proxy', Object.assign(new Error('x'), { parameters: revoked.proxy })],
    ['an error caused by one', new Error('x', { cause: revoked.proxy })],
    ['an object with a broken custom inspection', { [Symbol.for('nodejs.util.inspect.custom')]: broken }],
    ['an object that is no string', Object.assign(Object.create(null), { toString: broken, toJSON: broken })],
    ['a frozen error', Object.freeze(new Error('x'))],
  ])('never throws: %s', (_case, thrown) => {
    const { name, message, frames, causes } = serializeError(thrown);
    expect([typeof name, typeof message]).toEqual(['string', 'string']);
    expect([Array.isArray(frames), Array.isArray(causes)]).toEqual([true, true]);
  });

  it('says what cannot be read', () => {
    expect(serializeError(withGetters(new Error('x')))).toMatchObject({
      name: 'Error',
      message: '[unreadable]',
    });
  });

  it('describes an error with its frames', () => {
    const error = serializeError(new RangeError('too far'));
    expect(error).toMatchObject({ name: 'RangeError', message: 'too far', causes: [] });
    expect(error.frames[0]).toMatchObject({ file: 'src/serialize-error.spec.ts', isOwn: true });
    expect(error).not.toHaveProperty('details');
  });

  it('names the class of an error that has not set its name', () => {
    class MailRefused extends Error {}
    expect(serializeError(new MailRefused()).name).toBe('MailRefused');
  });

  it('knows errors of another realm, and what is built like one', () => {
    expect(serializeError(runInNewContext("new TypeError('far')"))).toMatchObject({
      name: 'TypeError',
      message: 'far',
    });
    expect(serializeError({ name: 'Alike', message: 'x', stack: '' })).toMatchObject({ name: 'Alike' });
  });

  it.each([
    ['of an error', (text: string) => new Error(text)],
    ['that is a text', (text: string) => text],
    ['that is an object', (text: string) => ({ text })],
  ])('cuts a message of 10 MB %s', (_case, thrown) => {
    const { message } = serializeError(thrown('x'.repeat(10_000_000)));
    expect(message.length).toBeLessThan(10_200);
    expect(message).toMatch(CUT_NOTE);
  });

  describe('a message of 5 MB', () => {
    /** How often something looks through a text that long: as often as its first line has a colon would be a hundred thousand times. */
    const looksAtLongTexts = (work: () => void) => {
      const lookers = [
        ...(['split', 'replace', 'replaceAll', 'match', 'matchAll', 'search', 'trim'] as const),
        ...(['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith'] as const),
      ].map((name) => [String.prototype, name] as const);
      let looks = 0;
      const count = (text: unknown) => {
        if (String(text).length > 100_000) looks++;
      };
      const spies = [
        ...lookers.map(([prototype, name]) => spyOn(prototype, name, (text) => count(text))),
        spyOn(RegExp.prototype, 'exec', (_expression, text) => count(text)),
      ];
      try {
        work();
      } finally {
        for (const restore of spies) restore();
      }
      return looks;
    };
    const spyOn = (prototype: object, name: string, told: (self: unknown, first: unknown) => void) => {
      const original = Reflect.get(prototype, name) as (...values: unknown[]) => unknown;
      const restore = () => Object.defineProperty(prototype, name, { value: original });
      Object.defineProperty(prototype, name, {
        value: function (this: unknown, ...values: unknown[]) {
          told(this, values[0]);
          return original.apply(this, values);
        },
      });
      return restore;
    };

    it.each(['x', ': ', 'a\n', '\n    at f (/a.js:1:1)', '    at ', 'ü', '\ud800'])(
      'is cut before anything else is done with it: %j, again and again',
      (part) => {
        const message = Buffer.from(part.repeat(5_000_000 / part.length)).toString();
        const thrown = [new Error(message), new Error(message), message, new Error('x', { cause: message })];
        Object.assign(thrown[1] as Error, {
          stack: String((thrown[1] as Error).stack),
          message: `${message}y`,
        });
        for (const each of thrown) {
          expect(looksAtLongTexts(() => serializeError(each))).toBeLessThan(200);
        }
      },
    );

    it('leaves the error as it was, and its frames are found', () => {
      const error = new Error('x'.repeat(5_000_000));
      const { message, frames } = serializeError(error);
      expect(message).toMatch(/^x{10000}… \[cut: 5000000 characters\]$/);
      expect(frames[0]?.file).toBe('src/serialize-error.spec.ts');
      expect(error.message).toHaveLength(5_000_000);
    });

    it('keeps nothing of it in memory', () => {
      setFlagsFromString('--expose-gc');
      const collectGarbage = runInNewContext('gc') as () => void;
      const used = () => {
        collectGarbage();
        return process.memoryUsage().heapUsed;
      };
      const before = used();
      const kept = Array.from({ length: 8 }, () => serializeError(new Error('x'.repeat(5_000_000))));
      expect(used() - before).toBeLessThan(5_000_000);
      expect(kept).toHaveLength(8);
    });
  });

  it('is not misled by frames in a long message', () => {
    const error = new Error(`${'x'.repeat(20_000)}\n    at forged (/a.ts:1:1)`);
    expect(serializeError(error).frames[0]).toMatchObject({ file: 'src/serialize-error.spec.ts' });
  });

  describe('with causes', () => {
    const names = (thrown: unknown) => serializeError(thrown).causes.map(({ message }) => message);

    it('lists them from the nearest to the root', () => {
      const root = new Error('root');
      expect(names(new Error('top', { cause: new Error('middle', { cause: root }) }))).toEqual([
        'middle',
        'root',
      ]);
    });

    it('takes what is no error for a cause, too', () => {
      expect(names(new Error('top', { cause: 'why' }))).toEqual(['thrown string: "why"']);
      expect(names(new Error('top', { cause: null }))).toEqual([]);
    });

    it('ends where a cause comes back', () => {
      const error = new Error('top');
      error.cause = new Error('middle', { cause: error });
      expect(names(error)).toEqual(['middle']);
      error.cause = error;
      expect(names(error)).toEqual([]);
    });

    it('lists ten of a long chain', () => {
      let error = new Error('0');
      for (let i = 1; i < 50; i++) error = new Error(String(i), { cause: error });
      expect(names(error)).toEqual(['48', '47', '46', '45', '44', '43', '42', '41', '40', '39']);
    });

    it('lists ten joined errors after the chain, wherever in it they are joined', () => {
      const joined = Array.from({ length: 20 }, (_, i) => new Error(`joined ${i}`));
      const error = new Error('top', { cause: new AggregateError(joined, 'all') });
      expect(names(error)).toEqual(['all', ...joined.slice(0, 10).map(({ message }) => message)]);
    });

    it('gives each joined error its own causes', () => {
      const error = new AggregateError([new Error('joined', { cause: new Error('root') })]);
      expect(serializeError(error).causes[0]?.causes[0]?.message).toBe('root');
    });

    it('ends where an error joins itself', () => {
      const error = new AggregateError([], 'all');
      error.errors.push(error, new Error('other'));
      expect(names(error)).toEqual(['other']);
    });
  });

  describe('with details', () => {
    it('keeps what a database says', () => {
      const details = { code: '23505', detail: 'Key exists', query: 'SELECT $1', parameters: ['susan', 5] };
      const error = Object.assign(new Error('x'), details, { driverError: {}, other: 1 });
      expect(serializeError(error).details).toEqual(details);
    });

    it('keeps nothing of another type', () => {
      const error = Object.assign(new Error('x'), { code: {}, detail: 5n, query: '', parameters: 'none' });
      expect(serializeError(error)).not.toHaveProperty('details');
    });

    it('keeps 100 parameters', () => {
      const error = Object.assign(new Error('x'), { parameters: Array(5_000).fill(1) });
      expect(serializeError(error).details?.parameters).toHaveLength(100);
    });
  });
});

describe('cutText', () => {
  it('leaves a text that fits as it is', () => {
    expect(cutText('susan', 5)).toBe('susan');
  });

  it('says how long the text was', () => {
    expect(cutText('susan', 3)).toBe('sus… [cut: 5 characters]');
    expect(cutText('susan', 3)).toMatch(CUT_NOTE);
  });

  it('leaves no half of a character', () => {
    expect(cutText('a🙂b', 2).isWellFormed()).toBe(true);
  });
});

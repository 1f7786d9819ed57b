import { ValueInspector, previewOf } from './value-inspector';

describe('previewOf', () => {
  class Cat {
    constructor(readonly name: string) {}

    get age(): number {
      throw new Error('It was run');
    }
  }

  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [7n, '7n'],
    ['a\nb', "'a\\nb'"],
    [[1, [2, [3]]], '[ 1, [ 2, [Array] ] ]'],
    [new Cat('tom'), "Cat { name: 'tom' }"],
    [
      {
        get x() {
          throw new Error('It was run');
        },
      },
      '{ x: [Getter] }',
    ],
    [new Map([['a', 1]]), "Map(1) { 'a' => 1 }"],
    [new RangeError('no'), 'RangeError: no'],
    [Cat, '[class Cat]'],
    [previewOf, '[Function: previewOf]'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('shows a value in a line, case %#', (value, preview) => {
    expect(previewOf(value)).toBe(preview);
  });

  it('cuts what is long', () => {
    expect(previewOf('x'.repeat(1_000)).length).toBeLessThan(300);
    expect(previewOf(Array.from({ length: 1_000 }, () => 'x'.repeat(50))).length).toBeLessThan(300);
  });

  it('runs nothing of a proxy, nor of an inspect of its own', () => {
    const forbid = () => {
      throw new Error('It was run');
    };
    const proxy = new Proxy(
      { a: 1 },
      { get: forbid, ownKeys: forbid, getPrototypeOf: forbid, getOwnPropertyDescriptor: forbid },
    );
    expect(previewOf(proxy)).toContain('Proxy');
    expect(previewOf({ [Symbol.for('nodejs.util.inspect.custom')]: forbid, b: 2 })).toContain('b: 2');
    const values = new ValueInspector();
    expect(values.inspect(proxy).handle).toBeUndefined();
  });
});

describe('ValueInspector', () => {
  const expand = (value: unknown, from?: number) => {
    const values = new ValueInspector();
    const { handle = -1 } = values.inspect(value);
    return values.expand(handle, from);
  };

  it.each<[unknown, string[]]>([
    [{ a: 1, [Symbol('s')]: 2 }, ['a: 1', 'Symbol(s): 2']],
    [
      [1, 2],
      ['0: 1', '1: 2', 'length: 2'],
    ],
    [new Map([['a', 1]]), ["'a': 1", '[[Prototype]]: Object [Map] {}']],
    [new Set(['a']), ["0: 'a'", '[[Prototype]]: Object [Set] {}']],
    [
      {
        get x() {
          throw new Error('It was run');
        },
      },
      ['x: [Getter]'],
    ],
  ])('opens a value, case %#', (value, entries) => {
    expect(expand(value)?.entries.map((entry) => `${entry.name}: ${entry.value.preview}`)).toEqual(entries);
  });

  it('opens what is inside of it', () => {
    const values = new ValueInspector();
    const { handle = -1 } = values.inspect({ a: { b: { c: 1 } } });
    const inner = values.expand(handle)?.entries[0]?.value;
    expect(inner?.preview).toBe('{ b: { c: 1 } }');
    expect(values.expand(inner?.handle ?? -1)?.entries[0]?.value.preview).toBe('{ c: 1 }');
  });

  it('gives long ones in parts, and says how much there is', () => {
    const long = Array.from({ length: 250 }, (_, index) => index);
    expect(expand(long)).toMatchObject({ more: 151, entries: { length: 100 } });
    expect(expand(long, 200)).toMatchObject({ more: 0, entries: { length: 51 } });
  });

  it('gives a long text whole', () => {
    expect(expand('x'.repeat(5_000))?.entries[0]?.value.preview).toHaveLength(5_000);
  });

  it.each([-1, 0.5, 99, NaN, Infinity])('has nothing under %p', (handle) => {
    expect(new ValueInspector().expand(handle)).toBeUndefined();
  });

  it.each([undefined, 7, 'text', {}, Object.create(null), new Proxy({ a: 1 }, {})])(
    'has nothing to open in %p',
    (value) => {
      expect(new ValueInspector().inspect(value)).not.toHaveProperty('handle');
    },
  );

  it('has the properties of a function to open', () => {
    expect(expand(() => 1)).toMatchObject({ more: 0, entries: [{ name: 'length' }, { name: 'name' }] });
  });
});

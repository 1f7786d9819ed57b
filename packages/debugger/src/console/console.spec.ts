import { ValueInspector } from '../value-inspector';
import { Console } from './console';

/** A console in a frame with a variable of each kind. */
function open(given: Record<string, unknown> = {}): {
  console: Console;
  names: string[];
  count: () => number;
} {
  let count = 1;
  const names = ['susan', 'john'];
  // What the inspector leaves in a frame.
  const evaluate = (code: string): unknown => eval(code);
  const console = new Console(evaluate, new ValueInspector(), given);
  return { console, names, count: () => (count += 0) };
}

describe('Console', () => {
  const run = async (...inputs: string[]) => {
    const { console } = open();
    let outcome;
    for (const input of inputs) outcome = await console.evaluate(input);
    return outcome && 'value' in outcome ? outcome.value.preview : outcome;
  };

  it.each([
    ['1 + 1', '2'],
    ['names', "[ 'susan', 'john' ]"],
    ['names.map((name) => name.length)', '[ 5, 4 ]'],
    ['{ a: 1 }', '{ a: 1 }'],
    ['{ let a = 1; a + 1 }', 'undefined'],
    ["'text'", "'text'"],
    ['await Promise.resolve(count + 1)', '2'],
    ['[Promise.resolve(7)].length', '1'],
    ['(() => { return 3 })() // three', '3'],
    ['', 'undefined'],
    ['1; 2;', '2'],
    ['if (count) names', 'undefined'],
  ])('makes of %s: %s', async (code, preview) => {
    expect(await run(code)).toBe(preview);
  });

  it('assigns to the variables of the frame', async () => {
    const { console, count } = open();
    await console.evaluate('count = 41');
    await console.evaluate('await null; count++');
    expect(count()).toBe(42);
  });

  it.each([
    ['const a = 2', 'a * 2', '4'],
    ['let { a, b: [c = 3] } = { a: 1, b: [] }', 'a + c', '4'],
    ['var a = 1, b', '[a, b]', '[ 1, undefined ]'],
    ['function twice(n) { return n * 2 }', 'twice(4)', '8'],
    ['class Cat { legs = 4 }', 'new Cat().legs', '4'],
    ['const a = await Promise.resolve(5)', 'a', '5'],
    ['const count = 7', 'count', '7'],
    ['const a = 1; const b = a + 1', 'b', '2'],
    ['let a = 1; throw new Error("no")', 'a', '1'],
  ])('keeps what %s declares', async (declaration, code, preview) => {
    expect(await run(declaration, code)).toBe(preview);
  });

  it('declares again what it has declared', async () => {
    expect(await run('const a = 1', 'const a = 2', 'a')).toBe('2');
  });

  it('has the last result in _', async () => {
    expect(await run('6 * 7', '_ + 1')).toBe('43');
    expect(await run('6 * 7', 'nope', '_')).toBe('42');
  });

  it.each(['[1,', 'function f() {', '`one', 'if (count) {', 'names.map((name) =>', '/* one'])(
    'waits for more after %s',
    async (code) => {
      expect(await run(code)).toEqual({ incomplete: true });
    },
  );

  it.each([
    ['nope', 'ReferenceError: nope is not defined'],
    ['a b', 'SyntaxError: Unexpected token (1:2)'],
    ['throw 7', '7'],
    ['await Promise.reject(new TypeError("late"))', 'TypeError: late'],
    ['null.x', "TypeError: Cannot read properties of null (reading 'x')"],
  ])('says what %s throws', async (code, error) => {
    expect(await run(code)).toEqual({ error });
  });

  it('has what it is given, and leaves nothing behind', async () => {
    const { console } = open({ answer: 42 });
    expect(await console.evaluate('answer')).toMatchObject({ value: { preview: '42' } });
    expect(Object.getOwnPropertySymbols(globalThis).map(String)).not.toContain(
      'Symbol(@microblog/debugger: console)',
    );
  });
});

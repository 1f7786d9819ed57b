import { Flags, readableFlags } from './flags';

describe('readableFlags', () => {
  const read = (flags: Flags) => readableFlags(flags);

  it('has what is set, and null for what is not', () => {
    const flags = read({ required: true, maxlength: 0 });
    expect([flags.required, flags.maxlength, flags.accepts_bbcode]).toEqual([true, 0, null]);
  });

  it('has null for what every object has', () => {
    const flags = read({});
    expect(['constructor', 'toString', '__proto__'].map((name) => flags[name])).toEqual([null, null, null]);
  });

  it('has the value of now of one that is a function', () => {
    let max = 1;
    const flags = read({ max: () => max });
    expect(flags.max).toBe(1);
    max = 2;
    expect(flags.max).toBe(2);
    expect(Object.entries(flags)).toEqual([['max', 2]]);
  });

  it('lists only what is set', () => {
    expect(Object.keys(read({ required: true }))).toEqual(['required']);
  });

  it('has everything as its own, as templates ask', () => {
    expect(Object.hasOwn(read({}), 'accepts_bbcode')).toBe(true);
  });
});

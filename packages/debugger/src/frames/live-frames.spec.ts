import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LiveFrames } from './live-frames';
import { localsOf } from './locals';
import { previewOf } from '../value-inspector';

class Cats {
  readonly names = ['tom'];

  find(name: string): string {
    const index = this.names.indexOf(name);
    for (const wanted of [name]) {
      if (index < 0) throw new RangeError(`No cat is named ${wanted}`);
    }
    return name;
  }

  async findLater(name: string): Promise<string> {
    const asked = name.toUpperCase();
    await Promise.resolve();
    return this.find(asked);
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

function outer(cats: Cats): string {
  const favourite = 'felix';
  const ask = () => cats.find(favourite);
  return ask();
}

describe('LiveFrames', () => {
  const frames = new LiveFrames();
  beforeAll(() => frames.open());
  afterAll(() => frames.onModuleDestroy());
  // The stack of a test is deep, and what throws may cost is limited: Jest itself may just have used it up.
  beforeEach(() => untilThrowsAreWatched());

  const find = (name: string) => thrownBy(() => new Cats().find(name));

  async function untilThrowsAreWatched(): Promise<void> {
    const probe = () => {
      throw new Error('Is anybody there?');
    };
    do await sleep(10);
    while (frames.of(thrownBy(probe)).length === 0);
    await turn();
  }

  it('keeps the variables of each frame, of blocks and around it too', () => {
    const [inner, ...others] = frames.of(thrownBy(() => outer(new Cats())));
    expect(inner).toMatchObject({ function: 'find', path: __filename, line: 17 });
    expect(inner?.evaluate('[name, index, wanted, this.names]')).toEqual(['felix', -1, 'felix', ['tom']]);
    const outerFrame = others.find(({ function: name }) => name === 'outer');
    expect(outerFrame?.evaluate('favourite')).toBe('felix');
    expect(outerFrame?.evaluate('ask')).toBeInstanceOf(Function);
  });

  it('assigns to them', () => {
    const [frame] = frames.of(find('felix'));
    frame?.evaluate('index = 7');
    expect(frame?.evaluate('index')).toBe(7);
  });

  it('keeps those that were there after an await, and none of those that wait', async () => {
    const error = await new Cats().findLater('felix').catch((caught: unknown) => caught);
    const names = frames.of(error).map(({ function: name }) => name);
    expect(names.slice(0, 2)).toEqual(['find', 'findLater']);
    expect(frames.of(error)[1]?.evaluate('asked')).toBe('FELIX');
  });

  it('keeps the place where an error was thrown first', () => {
    const error = thrownBy(() => {
      const caught = find('felix');
      throw caught;
    });
    expect(frames.of(error)[0]?.function).toBe('find');
  });

  it.each([undefined, null, 7, 'thrown', {}, new Error('made, but not thrown')])(
    'has none of %p',
    (thrown) => {
      expect(frames.of(thrown)).toEqual([]);
    },
  );

  it('shows a value without running its getters', () => {
    const error = thrownBy(() => {
      const secret = {
        get value(): never {
          throw new Error('It was run');
        },
      };
      throw Object.assign(new Error('x'), { secret });
    });
    const [frame] = frames.of(error);
    const scopes = frame ? localsOf(frame) : [];
    const secret = scopes.flatMap(({ variables }) => variables).find(([name]) => name === 'secret');
    expect(previewOf(secret?.[1])).toBe('{ value: [Getter] }');
  });

  it('shows them by scope, the innermost first', () => {
    const [frame] = frames.of(find('felix'));
    const scopes = frame ? localsOf(frame) : [];
    expect(scopes.map(({ title }) => title).slice(0, 3)).toEqual(['this', 'Block', 'Function']);
    expect(scopes.at(-1)?.title).toBe('Module');
  });

  it('lets a burst through, and keeps frames again afterwards', async () => {
    const errors = Array.from({ length: 2_000 }, () => find('felix'));
    expect(errors.filter((error) => frames.of(error).length > 0).length).toBeLessThan(1_000);
    await untilThrowsAreWatched();
    expect(frames.of(find('felix'))).not.toEqual([]);
  });

  it('lets everything go with the error', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const fail = () => {
      const elements = new Array<number>(1_000).fill(7);
      const error = thrownBy(() => {
        throw new Error(`${elements.length} lost`);
      });
      expect(frames.of(error)[0]?.evaluate('elements')).toBe(elements);
      return new WeakRef(elements);
    };
    const elements = fail();
    await new Promise(setImmediate);
    collectGarbage();
    expect(elements.deref()).toBeUndefined();
  });

  it('leaves out what the debugger itself throws and catches, which costs the next error nothing', () => {
    const errors = frames.unwatched(() => Array.from({ length: 100 }, () => find('felix')));
    expect(errors.filter((error) => frames.of(error).length > 0)).toEqual([]);
    expect(frames.of(find('felix'))).not.toEqual([]);
  });

  it('watches throws again after an error of the debugger itself', () => {
    expect(() => frames.unwatched(() => new Cats().find('felix'))).toThrow(RangeError);
    expect(frames.of(find('felix'))).not.toEqual([]);
  });

  it('keeps nothing once it is closed', () => {
    const closed = new LiveFrames();
    closed.open();
    closed.onModuleDestroy();
    expect(closed.of(find('felix'))).toEqual([]);
  });
});

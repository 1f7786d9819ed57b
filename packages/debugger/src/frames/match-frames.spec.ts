import { StackFrame } from '@microblog/error-report';
import { LiveFrame } from './live-frames';
import { matchFrames } from './match-frames';

const frame = (name: string, file: string, line: number, isAsync = false): StackFrame => ({
  function: name,
  file,
  line,
  column: 1,
  isOwn: true,
  isAsync,
});

const live = (name: string, file: string, line: number): LiveFrame => ({
  function: name,
  path: `/srv/example/${file}`,
  line,
  column: 1,
  scopes: [],
  evaluate: () => name,
});

describe('matchFrames', () => {
  const matched = (frames: StackFrame[], lives: LiveFrame[]) =>
    matchFrames(frames, lives).map((found) => found?.function);

  it('finds the live frame of each frame by its place', () => {
    const lives = [live('find', 'src/a.ts', 3), live('', 'src/b.ts', 5)];
    expect(matched([frame('Cats.find', 'src/a.ts', 3), frame('<anonymous>', 'src/b.ts', 5)], lives)).toEqual([
      'find',
      '',
    ]);
  });

  it('finds the innermost one by its name where the error was made on another line than it was thrown', () => {
    expect(matched([frame('Cats.find', 'src/a.ts', 2)], [live('find', 'src/a.ts', 9)])).toEqual(['find']);
  });

  it('leaves out what one of the two does not have', () => {
    const lives = [live('inner', 'node_modules/x/y.js', 1), live('find', 'src/a.ts', 3)];
    const frames = [frame('find', 'src/a.ts', 3), frame('gone', 'src/c.ts', 8)];
    expect(matched(frames, lives)).toEqual(['find', undefined]);
  });

  it('tells the calls of a recursion apart by their order', () => {
    const [first, second] = [live('walk', 'src/a.ts', 3), live('walk', 'src/a.ts', 3)];
    const frames = [frame('walk', 'src/a.ts', 3), frame('walk', 'src/a.ts', 3)];
    expect(matchFrames(frames, [first, second])).toEqual([first, second]);
  });

  it('has none for what waited in an await, or has no place', () => {
    const lives = [live('find', 'src/a.ts', 3)];
    expect(matched([frame('find', 'src/a.ts', 3, true), frame('map', '<anonymous>', 0)], lives)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('does not take a file for another whose name ends like it', () => {
    expect(matched([frame('find', 'a.ts', 3)], [live('find', 'src/aa.ts', 3)])).toEqual([undefined]);
  });
});

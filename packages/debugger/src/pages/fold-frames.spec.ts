import { exampleFrame, libraryFrame } from '../../test/traceback-example';
import { foldFrames } from './fold-frames';

const node = libraryFrame({ file: 'node:events' });

describe('foldFrames', () => {
  it('keeps the order, and folds what stands between own frames', () => {
    const [first, second] = [exampleFrame(), exampleFrame({ function: 'second' })];
    expect(foldFrames([first, libraryFrame(), node, second])).toEqual([
      { own: first },
      { folded: [libraryFrame(), node], label: '2 frames of libraries and Node' },
      { own: second },
    ]);
  });

  it.each([
    ['1 frame of a library', [libraryFrame()]],
    ['12 frames of libraries', Array.from({ length: 12 }, () => libraryFrame())],
    ['1 frame of Node', [node]],
    ['2 frames of Node', [node, libraryFrame({ file: '<anonymous>' })]],
  ])('calls them %s', (label, frames) => {
    expect(foldFrames(frames)).toEqual([{ folded: frames, label }]);
  });

  it('makes nothing of nothing', () => {
    expect(foldFrames([])).toEqual([]);
  });
});

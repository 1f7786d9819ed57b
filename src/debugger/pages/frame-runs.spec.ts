import { exampleFrame, libraryFrame } from '../../../test/support/traceback-example';
import { frameRuns } from './frame-runs';

const node = libraryFrame({ file: 'node:events' });

describe('frameRuns', () => {
  it('keeps the order, and folds what stands between own frames', () => {
    const [first, second] = [exampleFrame(), exampleFrame({ function: 'second' })];
    expect(frameRuns([first, libraryFrame(), node, second])).toEqual([
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
    expect(frameRuns(frames)).toEqual([{ folded: frames, label }]);
  });

  it('makes nothing of nothing', () => {
    expect(frameRuns([])).toEqual([]);
  });
});

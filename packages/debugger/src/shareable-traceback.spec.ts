import { exampleFrame, exampleLiveFrame, exampleTraceback } from '../test/traceback-example';
import { shareableTraceback } from './shareable-traceback';
import { TracedVariable } from './traceback';

describe('shareableTraceback', () => {
  const previews = (...variables: TracedVariable[]) => {
    const live = exampleLiveFrame({ scopes: [{ title: 'Function', variables }] });
    const errors = [{ name: 'Error', message: '', frames: [exampleFrame({ live })] }];
    const shared = shareableTraceback(exampleTraceback({ errors }));
    return shared.errors[0]?.frames[0]?.live?.scopes[0]?.variables;
  };
  const value = { preview: "'catcatcat'", type: 'string', handle: 1 };

  it('shows what was masked instead of each value, and nothing else of it', () => {
    expect(previews({ name: 'text', value, masked: "'cat[hidden]'" })).toEqual([
      { name: 'text', value: { ...value, preview: "'cat[hidden]'" } },
    ]);
  });

  it('shows nothing of a value that nobody has masked', () => {
    expect(previews({ name: 'text', value })).toEqual([
      { name: 'text', value: { ...value, preview: '[hidden]' } },
    ]);
  });
});

import { exampleFrame, exampleLiveFrame, exampleTraceback } from '../../test/support/traceback-example';
import { parseEnvironment } from '../config/environment';
import { redactorFor } from '../logging/redaction/request-redaction';
import { shareableTraceback } from './shareable-traceback';

describe('shareableTraceback', () => {
  const redactor = redactorFor(
    undefined,
    parseEnvironment({ SECRET_KEY: 'a key for tests, long enough to sign with' }),
  );

  const previews = (...variables: [name: string, preview: string][]) => {
    const scopes = [
      {
        title: 'Function',
        variables: variables.map(([name, preview]) => ({
          name,
          value: { preview, type: 'object', handle: 1 },
        })),
      },
    ];
    const frames = [exampleFrame({ live: exampleLiveFrame({ scopes }) })];
    const traceback = exampleTraceback({ errors: [{ name: 'Error', message: '', frames }] });
    const shared = shareableTraceback(traceback, (text) => redactor.redactText(text));
    return shared.errors[0]?.frames[0]?.live?.scopes[0]?.variables.map(({ name, value }) => [
      name,
      value.preview,
    ]);
  };

  it('hides what stands under the name of a secret, in a variable and inside of one', () => {
    const hidden = JSON.stringify(
      previews(
        ['password', "'catcatcat'"],
        ['user', "User { id: 1, passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g' }"],
        ['form', "{ password: 'catcatcat' }"],
      ),
    );
    expect(hidden).not.toContain('catcatcat');
    expect(hidden).not.toContain('aGFzaGhhc2g');
    expect(hidden).toContain('User { id: 1');
  });

  it('hides the secrets of the application wherever they stand', () => {
    expect(previews(['text', "'signed with a key for tests'"])).toEqual([['text', "'signed with [hidden]'"]]);
  });

  it('leaves everything else as it is', () => {
    expect(previews(['words', "[ 'one', 'boom' ]"], ['n', '7'])).toEqual([
      ['words', "[ 'one', 'boom' ]"],
      ['n', '7'],
    ]);
  });
});

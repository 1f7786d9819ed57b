import { editorUrl } from './editor-url';

describe('editorUrl', () => {
  it.each([
    ['vscode://file{file}:{line}:{column}', '/srv/a b/x.ts', 'vscode://file/srv/a%20b/x.ts:3:7'],
    [
      'phpstorm://open?file={file}&line={line}',
      '/srv/a#b?.ts',
      'phpstorm://open?file=/srv/a%23b%3F.ts&line=3',
    ],
    ['vscode://file/{file}:{line}', 'C:\\srv\\x.ts', 'vscode://file/C:/srv/x.ts:3'],
    ['editor:{file}?{file}', '/{line}.ts', 'editor:/%7Bline%7D.ts?/%7Bline%7D.ts'],
  ])('fills %s for %s', (pattern, path, url) => {
    expect(editorUrl(pattern, path, 3, 7)).toBe(url);
  });
});

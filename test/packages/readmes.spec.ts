import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaces } from '../../package.json';

const ROOT = join(__dirname, '../..');

/** What a package exports, types included. */
function exportsOf(workspace: string): string[] {
  const index = readFileSync(join(ROOT, workspace, 'src/index.ts'), 'utf8');
  if (index.includes('export *')) throw new Error(`${workspace} does not name what it exports`);
  return [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => name.trim().replace(/^type /, '') || []),
  );
}

describe.each(workspaces)('The README of %s', (workspace) => {
  const readme = readFileSync(join(ROOT, workspace, 'README.md'), 'utf8');
  // Below the example, which need not explain what it imports.
  const text = readme.replace(/^```ts\n.*?^```/ms, '');

  it.each(exportsOf(workspace))('says what %s is', (name) => {
    expect(text).toMatch(new RegExp(`(?<!\\w)${name}(?!\\w)`));
  });
});

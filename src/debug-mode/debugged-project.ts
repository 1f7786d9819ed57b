import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/paths';
import { VERSION } from '../config/version';

/** What the debugger is told of Microblog, whether that starts or not. */
export const DEBUGGED_PROJECT = {
  application: { name: 'Microblog', version: VERSION },
  sources: ['src', ...inPackages('src')],
  templates: ['views', ...inPackages('views')],
  pathsWithoutPages: ['/static', '/healthz'],
  icon: '/static/icon.svg',
};

/** A directory of each package, below the project root. */
function inPackages(directory: string): string[] {
  try {
    return readdirSync(join(PROJECT_ROOT, 'packages'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join('packages', name, directory));
  } catch {
    return [];
  }
}

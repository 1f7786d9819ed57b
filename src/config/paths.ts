import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory that holds `src/`, `views/` and `public/`, whether this file runs from `src/` or compiled from `dist/`. */
export const PROJECT_ROOT = rootAbove(__dirname);
export const VIEWS_DIRECTORY = join(PROJECT_ROOT, 'views');
export const PUBLIC_DIRECTORY = join(PROJECT_ROOT, 'public');
/** Directory of unsent mails in `LOG_DIR`. */
export const MAIL_SPOOL = 'unsent-mails';

function rootAbove(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootAbove(dirname(directory));
}

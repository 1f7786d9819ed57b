import { join, resolve } from 'node:path';

/** The directory that holds `src/` and `dist/`, from whichever of the two this file runs. */
export const PROJECT_ROOT = resolve(__dirname, '../..');
export const SOURCE_DIRECTORY = join(PROJECT_ROOT, 'src');
export const VIEWS_DIRECTORY = join(PROJECT_ROOT, 'views');
export const PUBLIC_DIRECTORY = join(PROJECT_ROOT, 'public');

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './paths';

const manifest = readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8');

/** The version of Microblog that is running. */
export const { version: VERSION } = JSON.parse(manifest) as { version: string };

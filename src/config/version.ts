import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = readFileSync(join(__dirname, '../../package.json'), 'utf8');

/** The version of Microblog that is running. */
export const { version: VERSION } = JSON.parse(manifest) as { version: string };

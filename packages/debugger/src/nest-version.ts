import { readFileSync } from 'node:fs';

const manifest = readFileSync(require.resolve('@nestjs/core/package.json'), 'utf8');

/** The version of Nest that is running. */
export const { version: NEST_VERSION } = JSON.parse(manifest) as { version: string };

import type Database from 'better-sqlite3';

const [major = 0] = process.versions.node.split('.').map(Number);

/** better-sqlite3 12 aborts the process on Node 24.19 and later, and 13 does not run on Node 20. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- only one of the two may be loaded
export const Sqlite = require(major < 22 ? 'better-sqlite3' : 'better-sqlite3-13') as typeof Database;

import type Database from 'better-sqlite3';

const [major = 0] = process.versions.node.split('.').map(Number);

/** better-sqlite3 13 needs Node 22, and 12 aborts the process on Node 24.19 and later: it no longer fits Node's ObjectWrap. */
export const SQLITE_PACKAGE = major < 22 ? 'better-sqlite3' : 'better-sqlite3-13';

export function sqliteLibrary(): typeof Database {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only one of the two may be loaded
  return require(SQLITE_PACKAGE) as typeof Database;
}

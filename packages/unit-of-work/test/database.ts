import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSourceOptions } from 'typeorm';
import { Sqlite } from './sqlite';

declare const POSTGRES_URL: string | undefined;

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  /** To open it with TypeORM. */
  readonly options: DataSourceOptions;
  drop(): Promise<void>;
}

export const isPostgres = typeof POSTGRES_URL === 'string';

/** An empty database: on PostgreSQL under `npm run test:postgres`, else an SQLite file. */
export async function createDatabase(): Promise<TestDatabase> {
  return typeof POSTGRES_URL === 'string' ? createPostgresDatabase(POSTGRES_URL) : createSqliteFile();
}

export function createSqliteFile(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'unit-of-work-'));
  const database = join(directory, 'test.sqlite');
  return {
    url: `sqlite:${database}`,
    options: { type: 'better-sqlite3', database, driver: Sqlite },
    drop: () => rm(directory, { recursive: true }),
  };
}

async function createPostgresDatabase(server: string): Promise<TestDatabase> {
  const name = `unit_of_work_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const options: DataSourceOptions = { type: 'postgres', url: url.href };
  return { url: url.href, options, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

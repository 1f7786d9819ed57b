import { QueryRunner } from 'typeorm';
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import type Database from 'better-sqlite3';
import { SqliteFile } from './sqlite-file';
import { SqliteQueryRunner } from './sqlite-query-runner';
import { WriteLock } from './write-lock';

/**
 * TypeORM's SQLite driver with a query runner for each caller; see {@link SqliteQueryRunner} for why. It takes PostgreSQL's `timestamptz`,
 * so that entities are the same on both databases; here it is a `datetime` in UTC.
 */
export class SqliteDriver extends BetterSqlite3Driver {
  readonly writeLock = new WriteLock();
  declare file: SqliteFile;

  override createQueryRunner(): QueryRunner {
    return new SqliteQueryRunner(this);
  }

  override normalizeType(column: Parameters<BetterSqlite3Driver['normalizeType']>[0]): string {
    return column.type === 'timestamptz' ? 'datetime' : super.normalizeType(column);
  }

  override preparePersistentValue(value: unknown, column: ColumnMetadata): unknown {
    return super.preparePersistentValue(value, asSqliteColumn(column));
  }

  override prepareHydratedValue(value: unknown, column: ColumnMetadata): unknown {
    return super.prepareHydratedValue(value, asSqliteColumn(column));
  }

  override disconnect(): Promise<void> {
    this.file.close();
    return Promise.resolve();
  }

  protected override createDatabaseConnection(): Promise<SqliteFile> {
    // The option `driver`, else better-sqlite3.
    this.file = new SqliteFile(this.options.database, this.sqlite as typeof Database);
    return Promise.resolve(this.file);
  }
}

/** Made once: every time that is read goes through one. */
const sqliteColumns = new WeakMap<ColumnMetadata, ColumnMetadata>();

function asSqliteColumn(column: ColumnMetadata): ColumnMetadata {
  if (column.type !== 'timestamptz') return column;
  const known = sqliteColumns.get(column);
  if (known) return known;
  const made = Object.create(column, { type: { value: 'datetime' } }) as ColumnMetadata;
  sqliteColumns.set(column, made);
  return made;
}

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { QueryRunner } from 'typeorm';
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { SqliteFile } from './sqlite-file';
import { SqliteQueryRunner } from './sqlite-query-runner';
import { WriteLock } from './write-lock';

/** TypeORM's SQLite driver with a query runner for each caller; see {@link SqliteQueryRunner} for why. */
export class SqliteDriver extends BetterSqlite3Driver {
  readonly writeLock = new WriteLock();
  declare file: SqliteFile;

  override createQueryRunner(): QueryRunner {
    return new SqliteQueryRunner(this);
  }

  override disconnect(): Promise<void> {
    this.file.close();
    return Promise.resolve();
  }

  protected override createDatabaseConnection(): Promise<SqliteFile> {
    mkdirSync(dirname(this.options.database), { recursive: true });
    this.file = new SqliteFile(this.options.database);
    return Promise.resolve(this.file);
  }
}

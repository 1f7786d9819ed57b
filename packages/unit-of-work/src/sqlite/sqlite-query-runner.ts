import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import type { SqliteFile } from './sqlite-file';
import type { WriteLock } from './write-lock';

/** What the runners of one database share. */
type SharedDriver = BetterSqlite3Driver & { readonly file: SqliteFile; readonly writeLock: WriteLock };

/**
 * TypeORM's SQLite query runner, with a separate transaction for each caller.
 *
 * TypeORM gives every caller the same runner and with it the same transaction, so that overlapping requests commit and roll back
 * each other's work. Here each caller has its own: reads outside a transaction go to the reading connection, and whatever writes
 * waits for its turn at the writing one.
 */
export class SqliteQueryRunner extends BetterSqlite3QueryRunner {
  declare driver: SharedDriver;
  private releaseLock?: () => void;

  /** What TypeORM takes for a connection; it prepares each statement on the connection that the statement belongs on. */
  override connect(): Promise<unknown> {
    const { file } = this.driver;
    return Promise.resolve({
      prepare: (sql: string) =>
        !this.isTransactionActive && file.isRead(sql) ? file.prepareToRead(sql) : file.prepareToWrite(sql),
      pragma: (source: string) => file.pragma(source),
    });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a query returns is TypeORM's `any`
  override async query(sql: string, parameters?: unknown[], useStructuredResult?: boolean): Promise<any> {
    const run = () => super.query(sql, parameters, useStructuredResult) as Promise<unknown>;
    if (this.isTransactionActive || this.driver.file.isRead(sql)) return run();
    const release = await this.driver.writeLock.acquire();
    try {
      return await this.driver.writeLock.retryWhileBusy(run);
    } finally {
      release();
    }
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction();
    await this.begin();
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  /** Waits for the turn to write and takes the write lock of the file at once, so that no later statement can find it taken. */
  async begin(): Promise<void> {
    const release = await this.driver.writeLock.acquire();
    try {
      await this.driver.writeLock.retryWhileBusy(() =>
        this.driver.file.prepareToWrite('BEGIN IMMEDIATE').run(),
      );
      this.releaseLock = release;
    } catch (error) {
      release();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.end();
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.transactionDepth > 1) return super.rollbackTransaction();
    try {
      if (this.driver.file.inTransaction) await super.rollbackTransaction();
    } finally {
      this.end();
    }
  }

  override async release(): Promise<void> {
    if (this.releaseLock) await this.rollbackTransaction();
    await super.release();
  }

  private end(): void {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.releaseLock?.();
    this.releaseLock = undefined;
  }
}

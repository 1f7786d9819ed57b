import { Logger } from '@nestjs/common';
import type Database from 'better-sqlite3';
import { constants, accessSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivate, makePrivateDirectory, makePrivateFile } from '@microblog/private-files';

/** Distinct statements kept prepared for each connection; the application has some dozens. */
const PREPARED_STATEMENTS = 200;

/** One connection that prepares each statement once. The oldest goes when there are too many. */
class PreparedConnection {
  private readonly statements = new Map<string, Database.Statement>();

  constructor(readonly connection: Database.Database) {}

  prepare(sql: string): Database.Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    if (this.statements.size > PREPARED_STATEMENTS) {
      const [oldest] = this.statements.keys();
      if (oldest !== undefined) this.statements.delete(oldest);
    }
    return statement;
  }
}

/**
 * An SQLite file as this process holds it open: one connection that writes, and one that can only read.
 *
 * A read outside a transaction never sees what the writing connection has not committed. It can share its connection
 * with all others of its kind, because better-sqlite3 finishes a statement before it returns.
 */
export class SqliteFile {
  private readonly writer: PreparedConnection;
  private readonly reader: PreparedConnection;

  /** @throws Error saying why the file cannot be opened, where SQLite would only say that it cannot */
  constructor(
    readonly path: string,
    SqliteDatabase: typeof Database,
  ) {
    prepare(path);
    const writer = new SqliteDatabase(path);
    this.writer = new PreparedConnection(writer);
    try {
      writer.pragma('journal_mode = WAL');
      // better-sqlite3 builds SQLite so that WAL implies NORMAL, which may forget the last commits on a power cut.
      writer.pragma('synchronous = FULL');
      writer.pragma('foreign_keys = ON');
      // A wait inside SQLite would stop the event loop; a writer that finds the file locked waits in WriteLock instead.
      writer.pragma('busy_timeout = 0');
      this.reader = new PreparedConnection(new SqliteDatabase(path, { readonly: true, fileMustExist: true }));
    } catch (error) {
      writer.close();
      throw error;
    }
  }

  /** Whether the statement changes nothing. One that SQLite cannot prepare counts as a read and fails as one. */
  isRead(sql: string): boolean {
    try {
      return this.reader.prepare(sql).readonly;
    } catch {
      return true;
    }
  }

  prepareToRead(sql: string): Database.Statement {
    return this.reader.prepare(sql);
  }

  prepareToWrite(sql: string): Database.Statement {
    return this.writer.prepare(sql);
  }

  pragma(source: string): unknown {
    return this.writer.connection.pragma(source);
  }

  /** Whether a transaction is open; SQLite ends one by itself on some errors, such as a full disk. */
  get inTransaction(): boolean {
    return this.writer.connection.inTransaction;
  }

  close(): void {
    this.reader.connection.close();
    this.writer.connection.close();
  }
}

/**
 * Makes what is missing, for the owner alone, as SQLite then makes the files beside it. A file that is there must not be opened here: to
 * close it would end all locks that this process has on it.
 */
function prepare(path: string): void {
  if (path === '' || path.includes(':memory:'))
    throw new Error('it must be a file, which several connections can open');
  makePrivateDirectory(dirname(path));
  makePrivateFile(path);
  if (!statSync(path).isFile()) throw new Error('it is not a file');
  accessSync(path, constants.R_OK | constants.W_OK);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      makePrivate(file);
    } catch (error) {
      new Logger(SqliteFile.name).warn((error as Error).message);
    }
  }
}

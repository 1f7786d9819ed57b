import { Logger } from '@nestjs/common';
import { DataSource, EntityManager, QueryRunner, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { SqliteQueryRunner } from './sqlite/sqlite-query-runner';

/** A statement failed earlier in the transaction, so that it cannot be committed any more. */
export class TransactionAbortedError extends Error {
  override name = 'TransactionAbortedError';

  constructor(cause: unknown) {
    super(
      'The transaction was rolled back, because a statement in it had failed and the failure was ignored',
      {
        cause,
      },
    );
  }
}

/** Work went on in a unit of work that had been committed or rolled back already: a promise that nobody awaited. */
export class TransactionClosedError extends Error {
  override name = 'TransactionClosedError';

  constructor() {
    super('The unit of work has ended; whatever uses the database in it must be awaited');
  }
}

/** PostgreSQL was stopped, or the network failed, between two statements: TypeORM has given the connection up without a word. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';

  constructor(cause: unknown) {
    super('The connection to the database was lost during the transaction', { cause });
  }
}

/**
 * A transaction that begins with its first statement. Before that it holds neither a lock nor a connection.
 *
 * TypeORM is told from the start that a transaction is active, so that its own `save()` begins none. A statement that fails dooms
 * the whole, on SQLite too, as it does on PostgreSQL, where a COMMIT after a failure answers «ROLLBACK» without an error. Only the
 * rollback of a nested transaction around the failure lifts that.
 */
export class LazyTransaction {
  private readonly logger = new Logger(LazyTransaction.name);
  readonly manager: EntityManager;
  private readonly runner: QueryRunner;
  private readonly statement: QueryRunner['query'];
  private begun?: Promise<unknown>;
  private ended = false;
  private failure?: { error: unknown };

  constructor(dataSource: DataSource) {
    this.runner = dataSource.createQueryRunner();
    this.manager = this.runner.manager;
    this.statement = this.runner.query.bind(this.runner);
    this.runner.query = ((...query: Parameters<QueryRunner['query']>) =>
      this.query(...query)) as QueryRunner['query'];
    Object.assign(this.runner, { isTransactionActive: true, transactionDepth: 1 });
  }

  /** Whether it is certain that nothing of this transaction was saved. */
  isRolledBack = false;

  /** Commits. When that fails, the error says why; nothing is saved then, unless the connection was lost during the COMMIT. */
  async commit(): Promise<void> {
    if (this.failure) {
      await this.rollback();
      throw new TransactionAbortedError(this.failure.error);
    }
    await this.end(async () => {
      try {
        await this.runner.commitTransaction();
      } catch (error) {
        this.failure = { error };
        await this.tryToRollBack();
        throw error;
      }
    });
  }

  /** Rolls back. Without a COMMIT nothing is saved, even where the connection is gone or there never was one. */
  async rollback(): Promise<void> {
    this.isRolledBack = true;
    await this.end(() => this.tryToRollBack());
  }

  private async tryToRollBack(): Promise<void> {
    try {
      await this.runner.rollbackTransaction();
      this.isRolledBack = true;
    } catch (error) {
      // Where a statement has failed, the rollback fails for the same reason, which has been told.
      if (this.failure) this.logger.warn('The transaction ended with its connection', error);
      else this.logger.error(error);
    }
  }

  private async query(...query: Parameters<QueryRunner['query']>): Promise<unknown> {
    if (this.ended) throw new TransactionClosedError();
    try {
      await (this.begun ??= this.begin());
      const result: unknown = await this.statement(...query);
      if (query[0].startsWith('ROLLBACK TO SAVEPOINT')) this.failure = undefined;
      return result;
    } catch (error) {
      const failure =
        error instanceof QueryRunnerAlreadyReleasedError ? new ConnectionLostError(error) : error;
      this.failure ??= { error: failure };
      throw failure;
    }
  }

  private begin(): Promise<unknown> {
    return isSqlite(this.runner) ? this.runner.begin() : this.statement('START TRANSACTION');
  }

  /** Ends what was begun, once, and lets nothing begin any more; the runner goes back whatever happens. */
  private async end(settle: () => Promise<void>): Promise<void> {
    if (this.ended) return;
    const begun =
      this.begun &&
      (await this.begun.then(
        () => true,
        () => false,
      ));
    this.runner.query = this.statement;
    this.ended = true;
    try {
      if (begun) await settle();
    } finally {
      await this.runner.release();
      this.runner.query = () => Promise.reject(new TransactionClosedError());
    }
  }
}

/** Asked without loading the class, which needs better-sqlite3. */
function isSqlite(runner: QueryRunner): runner is SqliteQueryRunner {
  return 'begin' in runner;
}

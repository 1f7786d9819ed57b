import { DataSource, MigrationExecutor } from 'typeorm';
import { StartError } from '../config/start-error';

/** Any number, the same in all processes: the PostgreSQL advisory lock under which migrations run. */
const MIGRATION_LOCK = 0x6d69_6772;

/**
 * Brings the schema up to the code, in one transaction. Processes that start at the same time take turns.
 *
 * @throws StartError when the database has migrations that this code does not know
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    if (dataSource.options.type === 'postgres') {
      await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    }
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'none';
    const executed = await executor.getExecutedMigrations();
    const known = new Set(dataSource.migrations.map(({ name }) => name));
    const unknown = executed.filter(({ name }) => !known.has(name));
    if (unknown.length > 0) {
      throw new StartError(
        `the database is newer than this version of Microblog: it has the migration ${unknown[0]?.name}`,
      );
    }
    await executor.executePendingMigrations();
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

import { DataSourceOptions } from 'typeorm';
import { loadingProblem } from '../config/native-module';
import { StartError } from '../config/start-error';
import { UnitOfWorkDataSource } from '@microblog/unit-of-work';
import { migrate } from './migrate';

/**
 * Connects and migrates.
 *
 * @throws StartError with one line that says why the database cannot be used
 */
export async function openDataSource(options: DataSourceOptions): Promise<UnitOfWorkDataSource> {
  const dataSource = new UnitOfWorkDataSource(options);
  try {
    await dataSource.initialize();
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    const problem =
      loadingProblem(error) ?? `DATABASE_URL: ${nameOf(options)} cannot be used: ${reasonOf(error)}`;
    throw new StartError(problem, { cause: error });
  }
}

/** The database as the log may show it: without the user name and the password. */
function nameOf(options: DataSourceOptions): string {
  if (options.type !== 'postgres') return String(options.database);
  const { host, pathname } = new URL(options.url as string);
  return `postgres://${host}${pathname}`;
}

/** For a name with several addresses, Node reports a refused connection as an error without a message. */
function reasonOf(error: unknown): string {
  const { message, errors } = error as Error & { errors?: Error[] };
  return (message || (errors ?? []).map((one) => one.message).join(', ')).split('\n').join(' ');
}

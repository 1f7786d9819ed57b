import { DataSourceOptions } from 'typeorm';
import { Environment } from '../config/environment';
import { migrations } from './migrations';
import { sqliteLibrary } from './sqlite-library';

/** How long PostgreSQL may take to hand out a connection, before the request that wants one fails. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** TypeORM's options for the database that the environment names. */
export function dataSourceOptions({ DATABASE_URL, sqliteFile }: Environment): DataSourceOptions {
  const shared = { migrations, synchronize: false, logging: false } as const;
  return sqliteFile
    ? { ...shared, type: 'better-sqlite3', database: sqliteFile, driver: sqliteLibrary() }
    : {
        ...shared,
        type: 'postgres',
        url: DATABASE_URL,
        applicationName: 'microblog',
        connectTimeoutMS: CONNECTION_TIMEOUT_MS,
      };
}

import { QueryFailedError } from 'typeorm';

/**
 * The unique index that refused a row, or undefined where the error is another one. Indexes are named `table_column`: PostgreSQL
 * tells the name of the index, SQLite only the table and the column.
 */
export function violatedUniqueIndex(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, constraint, message } = error.driverError as Error & { code?: string; constraint?: string };
  if (code === '23505') return constraint;
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE') return undefined;
  return /UNIQUE constraint failed: (\w+)\.(\w+)/.exec(message)?.slice(1).join('_');
}

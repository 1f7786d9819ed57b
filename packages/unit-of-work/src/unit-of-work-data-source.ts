import { DataSource, DataSourceOptions, Driver, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import { UnitOfWork } from './unit-of-work';

/**
 * A TypeORM data source whose repositories join the unit of work they are called in, and whose SQLite driver keeps overlapping
 * requests apart. `@InjectRepository()` gives its repositories; `dataSource.manager` stays outside all units of work.
 */
export class UnitOfWorkDataSource extends DataSource {
  readonly unitOfWork = new UnitOfWork(this);
  private readonly joining = new Map<EntityTarget<ObjectLiteral>, Repository<ObjectLiteral>>();

  constructor(options: DataSourceOptions) {
    // The SQLite driver here keeps its own prepared statements, for all query runners together.
    super(options.type === 'better-sqlite3' ? { ...options, statementCacheSize: 0 } : options);
    if (options.type === 'better-sqlite3') this.driver = sqliteDriver(this);
  }

  override getRepository<T extends ObjectLiteral>(target: EntityTarget<T>): Repository<T> {
    const known = this.joining.get(target) as Repository<T> | undefined;
    if (known) return known;
    const { unitOfWork } = this;
    const repository = Object.defineProperties(new Repository<T>(target, this.manager), {
      manager: { get: () => unitOfWork.manager },
      queryRunner: { get: () => unitOfWork.manager.queryRunner },
    });
    this.joining.set(target, repository);
    return repository;
  }
}

/** Loaded for SQLite only: better-sqlite3 need not be installed for PostgreSQL. */
function sqliteDriver(dataSource: DataSource): Driver {
  const { SqliteDriver } =
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a constructor cannot wait for `import()`
    require('./sqlite/sqlite-driver') as typeof import('./sqlite/sqlite-driver');
  return new SqliteDriver(dataSource);
}

/** A `dataSourceFactory` for `TypeOrmModule.forRootAsync()`: connects, and migrates where the options say so. */
export async function createUnitOfWorkDataSource(options?: DataSourceOptions): Promise<UnitOfWorkDataSource> {
  if (!options) throw new Error('A data source needs options');
  const dataSource = new UnitOfWorkDataSource(options);
  await dataSource.initialize();
  return dataSource;
}

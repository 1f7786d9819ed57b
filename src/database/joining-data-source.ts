import { DataSource, DataSourceOptions, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import { SqliteDriver } from './sqlite/sqlite-driver';
import { UnitOfWork } from './unit-of-work';

/**
 * A TypeORM data source whose repositories join the unit of work they are called in, and whose SQLite driver keeps overlapping
 * requests apart. `@InjectRepository()` gives its repositories; `dataSource.manager` stays outside all units of work.
 */
export class JoiningDataSource extends DataSource {
  readonly unitOfWork = new UnitOfWork(this);
  private readonly joining = new Map<EntityTarget<ObjectLiteral>, Repository<ObjectLiteral>>();

  constructor(options: DataSourceOptions) {
    super(options);
    if (options.type === 'better-sqlite3') this.driver = new SqliteDriver(this);
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

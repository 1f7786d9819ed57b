import { DataSource, QueryRunner, QueryRunnerAlreadyReleasedError, Repository } from 'typeorm';
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner';
import { createSqliteFile, TestDatabase } from './database';

/** What this package relies on in TypeORM that TypeORM does not promise. Each sentence says what a release that breaks it has changed. */
describe('TypeORM', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = createSqliteFile();
    dataSource = new DataSource(database.options);
    await dataSource.initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each([
    'createQueryRunner',
    'normalizeType',
    'preparePersistentValue',
    'prepareHydratedValue',
    'disconnect',
    'createDatabaseConnection',
  ])('has a method BetterSqlite3Driver.%s, which SqliteDriver overrides', (name) => {
    expect(BetterSqlite3Driver.prototype).toHaveProperty(name, expect.any(Function));
  });

  it.each(['connect', 'query', 'startTransaction', 'commitTransaction', 'rollbackTransaction', 'release'])(
    'has a method BetterSqlite3QueryRunner.%s, which SqliteQueryRunner overrides',
    (name) => {
      // The last ones are inherited from the runner of all SQLite drivers.
      expect(name in BetterSqlite3QueryRunner.prototype).toBe(true);
    },
  );

  it('lets the driver of a data source be replaced', () => {
    expect(Object.hasOwn(dataSource, 'driver')).toBe(true);
    expect(Object.getOwnPropertyDescriptor(dataSource, 'driver')).toMatchObject({ writable: true });
  });

  it('keeps the state of a transaction in isTransactionActive and transactionDepth of the query runner', async () => {
    const runner = dataSource.createQueryRunner() as QueryRunner & { transactionDepth: number };
    expect([runner.isTransactionActive, runner.transactionDepth]).toEqual([false, 0]);
    await runner.startTransaction();
    expect([runner.isTransactionActive, runner.transactionDepth]).toEqual([true, 1]);
    await runner.rollbackTransaction();
    expect([runner.isTransactionActive, runner.transactionDepth]).toEqual([false, 0]);
  });

  it('sends every statement through the query method of the runner, so that it can be replaced', async () => {
    const runner = dataSource.createQueryRunner();
    const statements: string[] = [];
    const query = runner.query.bind(runner);
    runner.query = ((sql: string, ...rest: unknown[]) => {
      statements.push(sql);
      return query(sql, ...(rest as [unknown[]]));
    }) as QueryRunner['query'];
    await runner.startTransaction();
    await runner.manager.query('SELECT 1');
    await runner.commitTransaction();
    expect(statements).toEqual(['BEGIN TRANSACTION', 'SELECT 1', 'COMMIT']);
  });

  it('undoes nested transactions with ROLLBACK TO SAVEPOINT', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.startTransaction();
    const query = jest.spyOn(runner, 'query');
    await runner.rollbackTransaction();
    expect(query.mock.calls[0]?.[0]).toMatch(/^ROLLBACK TO SAVEPOINT/);
    query.mockRestore();
    await runner.rollbackTransaction();
  });

  it('reads the manager of a repository from its property at each call, so that a getter can stand there', async () => {
    const repository = new Repository<object>('thing', dataSource.manager);
    const manager = jest.fn(() => ({ query: () => Promise.resolve('from the getter') }));
    Object.defineProperty(repository, 'manager', { get: manager });
    expect(await repository.query('SELECT 1')).toBe('from the getter');
  });

  it('tells of a connection that was given up with QueryRunnerAlreadyReleasedError', async () => {
    expect(new QueryRunnerAlreadyReleasedError()).toBeInstanceOf(Error);
    await Promise.resolve();
  });
});

import type Database from 'better-sqlite3';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Column,
  DataSource,
  Entity,
  PrimaryColumn,
  QueryFailedError,
  QueryRunner,
  QueryRunnerAlreadyReleasedError,
  Repository,
} from 'typeorm';
import { createDatabase, createSqliteFile, isPostgres, TestDatabase } from './database';
import { Sqlite } from './sqlite';

@Entity('things')
class Thing {
  @PrimaryColumn('integer')
  id!: number;

  @Column('varchar', { unique: true })
  name!: string;
}

type Query = (sql: string, ...rest: unknown[]) => Promise<unknown>;

const SOURCES = join(__dirname, '..', 'src');

/** The files of TypeORM that the package imports, beside TypeORM's index. */
function deepImports(): string[] {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.spec)\.ts$/.test(file),
  );
  const imports = sources.flatMap((file) => [
    ...readFileSync(join(SOURCES, file), 'utf8').matchAll(/'(typeorm\/[^']+)'/g),
  ]);
  return [...new Set(imports.map(([, path = '']) => path))];
}

/** The methods that a class itself has, without those it inherits. */
function methodsOf({ prototype }: { readonly prototype: object }): string[] {
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
}

/**
 * What this package relies on in TypeORM that TypeORM does not promise. The title of a test that fails says what a release has changed.
 * Files that may go are loaded in the tests, so that the first test says which one is missing.
 */
describe('TypeORM', () => {
  it.each(deepImports())('still has the file %s', (path) => {
    expect(() => require.resolve(path)).not.toThrow();
  });

  describe('in its SQLite driver', () => {
    let database: TestDatabase;

    beforeEach(() => {
      database = createSqliteFile();
    });
    afterEach(() => database.drop());

    /* eslint-disable @typescript-eslint/no-require-imports -- import() would look for the ES modules of TypeORM */
    const load = () => ({
      ...(require('typeorm/driver/better-sqlite3/BetterSqlite3Driver') as typeof import('typeorm/driver/better-sqlite3/BetterSqlite3Driver')),
      ...(require('typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner') as typeof import('typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner')),
      ...(require('../src/sqlite/sqlite-driver') as typeof import('../src/sqlite/sqlite-driver')),
      ...(require('../src/sqlite/sqlite-query-runner') as typeof import('../src/sqlite/sqlite-query-runner')),
    });
    /* eslint-enable @typescript-eslint/no-require-imports */

    it('still has every method of BetterSqlite3Driver that SqliteDriver overrides', () => {
      const { BetterSqlite3Driver, SqliteDriver } = load();
      const overridden = methodsOf(SqliteDriver);
      expect(overridden).toContain('createDatabaseConnection');
      expect(overridden.filter((name) => !(name in BetterSqlite3Driver.prototype))).toEqual([]);
    });

    it('still has every method of BetterSqlite3QueryRunner that SqliteQueryRunner overrides', () => {
      const { BetterSqlite3QueryRunner, SqliteQueryRunner } = load();
      const overridden = methodsOf(SqliteQueryRunner).filter((name) => !['begin', 'end'].includes(name));
      expect(overridden).toContain('startTransaction');
      expect(overridden.filter((name) => !(name in BetterSqlite3QueryRunner.prototype))).toEqual([]);
    });

    it('has taken none of the names that the package adds', () => {
      const { BetterSqlite3Driver, BetterSqlite3QueryRunner } = load();
      const driver = new BetterSqlite3Driver(new DataSource(database.options));
      expect(['writeLock', 'file'].filter((name) => name in driver)).toEqual([]);
      const runner = new BetterSqlite3QueryRunner(driver);
      expect(['begin', 'end', 'releaseLock'].filter((name) => name in runner)).toEqual([]);
    });

    it('still keeps the library, from the option `driver`, in `sqlite`', () => {
      const { BetterSqlite3Driver } = load();
      const driver = new BetterSqlite3Driver(new DataSource(database.options));
      expect(driver.sqlite).toBe(Sqlite);
    });

    it('still opens the file by createDatabaseConnection() alone, and closes it by disconnect() alone', async () => {
      const { BetterSqlite3Driver } = load();
      const create = jest.spyOn(
        BetterSqlite3Driver.prototype as unknown as { createDatabaseConnection(): Promise<unknown> },
        'createDatabaseConnection',
      );
      const disconnect = jest.spyOn(BetterSqlite3Driver.prototype, 'disconnect');
      const dataSource = await new DataSource(database.options).initialize();
      const connection = (await create.mock.results[0]?.value) as Database.Database;
      expect(connection.open).toBe(true);
      await dataSource.destroy();
      expect(connection.open).toBe(false);
      expect([create.mock.calls.length, disconnect.mock.calls.length]).toEqual([1, 1]);
      jest.restoreAllMocks();
    });

    it('still lets a data source have another driver, and takes all query runners from that', async () => {
      const { BetterSqlite3Driver } = load();
      const dataSource = new DataSource(database.options);
      const driver = new BetterSqlite3Driver(dataSource);
      const create = jest.spyOn(driver, 'createQueryRunner');
      dataSource.driver = driver;
      await dataSource.initialize();
      create.mockClear();
      expect(dataSource.createQueryRunner()).toBe(create.mock.results[0]?.value);
      await dataSource.query('SELECT 1');
      expect(create).toHaveBeenCalledTimes(2);
      await dataSource.destroy();
    });

    it('still asks what connect() returned for each statement, where statementCacheSize is 0', async () => {
      const { BetterSqlite3QueryRunner } = load();
      const options = { ...database.options, statementCacheSize: 0 } as typeof database.options;
      const dataSource = await new DataSource(options).initialize();
      const runner = dataSource.createQueryRunner();
      expect(runner).toBeInstanceOf(BetterSqlite3QueryRunner);
      const prepare = jest.fn(() => ({ reader: true, all: () => ['a row'] }));
      jest.spyOn(runner, 'connect').mockResolvedValue({ prepare });
      expect(await runner.query('SELECT 1')).toEqual(['a row']);
      await runner.query('SELECT 1');
      expect(prepare.mock.calls).toEqual([['SELECT 1'], ['SELECT 1']]);
      jest.restoreAllMocks();
      await dataSource.destroy();
    });

    it('still changes times by preparePersistentValue() and prepareHydratedValue(), by the type of the column', () => {
      const { BetterSqlite3Driver } = load();
      const driver = new BetterSqlite3Driver(new DataSource(database.options));
      const column = { type: 'datetime' } as Parameters<typeof driver.preparePersistentValue>[1];
      const time = new Date('2026-03-04T05:06:07.089Z');
      expect(driver.preparePersistentValue(time, column)).toBe('2026-03-04 05:06:07.089');
      expect(driver.prepareHydratedValue('2026-03-04 05:06:07.089', column)).toEqual(time);
    });
  });

  describe('in its data sources', () => {
    let database: TestDatabase;
    let dataSource: DataSource;
    let runner: QueryRunner & { transactionDepth: number };
    let statements: string[];

    beforeAll(async () => {
      database = await createDatabase();
      const options = { ...database.options, entities: [Thing], synchronize: true };
      dataSource = await new DataSource(options).initialize();
    });
    beforeEach(() => {
      runner = dataSource.createQueryRunner() as typeof runner;
      statements = [];
      const query = runner.query.bind(runner) as Query;
      runner.query = ((sql: string, ...rest: unknown[]) => {
        statements.push(sql.split(' ', isSavepoint(sql) ? 3 : 1).join(' '));
        return query(sql, ...rest);
      }) as QueryRunner['query'];
    });
    afterEach(async () => {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      // On SQLite, all callers of TypeORM's own driver have the same query runner.
      delete (runner as { query?: unknown }).query;
      await runner.release();
      await dataSource.getRepository(Thing).deleteAll();
    });
    afterAll(async () => {
      await dataSource.destroy();
      await database.drop();
    });

    const isSavepoint = (sql: string) => sql.includes('SAVEPOINT');
    const thing = (id: number) => ({ id, name: `Thing ${id}` });
    /** As LazyTransaction does it. */
    const begin = async () => {
      Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
      await runner.query(isPostgres ? 'START TRANSACTION' : 'BEGIN');
      statements = [];
    };

    it('still has no property `begin` in any query runner, by which SqliteQueryRunner is told from the others', () => {
      expect('begin' in runner).toBe(false);
    });

    it('still keeps the state of a transaction in isTransactionActive and transactionDepth of the query runner', async () => {
      const state = () => [runner.isTransactionActive, runner.transactionDepth];
      expect(state()).toEqual([false, 0]);
      await runner.startTransaction();
      expect(state()).toEqual([true, 1]);
      await runner.startTransaction();
      expect(state()).toEqual([true, 2]);
      await runner.rollbackTransaction();
      await runner.rollbackTransaction();
      expect(state()).toEqual([false, 0]);
    });

    it('still sends every statement through the method `query` of the runner', async () => {
      await begin();
      await runner.manager.insert(Thing, thing(1));
      await runner.manager.find(Thing);
      await runner.manager.createQueryBuilder().update(Thing).set({ name: 'new' }).where({ id: 1 }).execute();
      await runner.manager.query('DELETE FROM things');
      expect(statements).toEqual(['INSERT', 'SELECT', 'UPDATE', 'DELETE']);
    });

    it('still begins no transaction in save() where one is active already', async () => {
      await begin();
      await runner.manager.save(Thing, thing(1));
      expect(statements).toEqual(['SELECT', 'INSERT']);
    });

    it.each([
      ['commits', 'COMMIT', () => runner.commitTransaction(), 1],
      ['rolls back', 'ROLLBACK', () => runner.rollbackTransaction(), 0],
    ] as const)('still %s a transaction that another begin has made', async (_what, statement, end, kept) => {
      await begin();
      await runner.manager.insert(Thing, thing(1));
      await end();
      expect(statements).toEqual(['INSERT', statement]);
      expect([runner.isTransactionActive, runner.transactionDepth]).toEqual([false, 0]);
      expect(await dataSource.manager.count(Thing)).toBe(kept);
    });

    it('still undoes nested transactions with ROLLBACK TO SAVEPOINT', async () => {
      await begin();
      const nested = runner.manager.transaction(() => Promise.reject(new Error('no')));
      await expect(nested).rejects.toThrow('no');
      expect(statements).toEqual(['SAVEPOINT typeorm_1', 'ROLLBACK TO SAVEPOINT']);
    });

    it('still reads `manager` of a repository at each call, so that a getter can stand there', async () => {
      const repository = new Repository(Thing, dataSource.manager);
      const manager = jest.fn(() => runner.manager);
      Object.defineProperties(repository, { manager: { get: manager }, queryRunner: { get: () => runner } });
      await begin();
      const calls: (() => Promise<unknown>)[] = [
        () => repository.insert(thing(1)),
        () => repository.save(thing(2)),
        () => repository.find(),
        () => repository.createQueryBuilder().getMany(),
        () => repository.query('SELECT 1'),
        () => repository.deleteAll(),
      ];
      // Twice: what is read once and kept would be that of another transaction.
      for (const call of [...calls, ...calls]) {
        manager.mockClear();
        await call();
        expect(manager).toHaveBeenCalled();
      }
      const once = ['INSERT', 'SELECT', 'INSERT', 'SELECT', 'SELECT', 'SELECT', 'DELETE'];
      expect(statements).toEqual([...once, ...once]);
    });

    it('still reads `queryRunner` of a repository at each call of createQueryBuilder()', async () => {
      const repository = new Repository(Thing, dataSource.manager);
      const queryRunner = jest.fn(() => runner);
      Object.defineProperty(repository, 'queryRunner', { get: queryRunner });
      await begin();
      await repository.createQueryBuilder().getMany();
      await repository.createQueryBuilder().getMany();
      expect(queryRunner).toHaveBeenCalledTimes(2);
      expect(statements).toEqual(['SELECT', 'SELECT']);
    });

    it('still keeps the error of the database in QueryFailedError.driverError', async () => {
      await runner.manager.insert(Thing, thing(1));
      const failed: unknown = await runner.manager
        .insert(Thing, { ...thing(1), id: 2 })
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(QueryFailedError);
      expect((failed as QueryFailedError).driverError).toMatchObject({
        code: isPostgres ? '23505' : 'SQLITE_CONSTRAINT_UNIQUE',
      });
    });

    if (isPostgres)
      it('still releases a query runner whose connection is lost, and then throws QueryRunnerAlreadyReleasedError', async () => {
        const [{ pid }] = (await runner.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
        await dataSource.query('SELECT pg_terminate_backend($1)', [pid]);
        while (!runner.isReleased) await new Promise(setImmediate);
        await expect(runner.query('SELECT 1')).rejects.toThrow(QueryRunnerAlreadyReleasedError);
      });
  });
});

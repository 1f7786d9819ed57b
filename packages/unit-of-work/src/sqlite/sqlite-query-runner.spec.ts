import type Database from 'better-sqlite3';
import { setTimeout as sleep } from 'node:timers/promises';
import { EntityManager, QueryRunner } from 'typeorm';
import { createSqliteFile, TestDatabase } from '../../test/database';
import { Sqlite } from '../../test/sqlite';
import { UnitOfWorkDataSource } from '../unit-of-work-data-source';
import { SqliteDriver } from './sqlite-driver';

describe('SqliteQueryRunner', () => {
  let database: TestDatabase;
  let dataSource: UnitOfWorkDataSource;
  let runner: QueryRunner;

  beforeEach(async () => {
    database = createSqliteFile();
    dataSource = new UnitOfWorkDataSource(database.options);
    await dataSource.initialize();
    await dataSource.query('CREATE TABLE people (name text PRIMARY KEY)');
    await dataSource.query(
      'CREATE TABLE posts (author text REFERENCES people DEFERRABLE INITIALLY DEFERRED)',
    );
    runner = dataSource.createQueryRunner();
  });
  afterEach(async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  const insert = (name: string, on: QueryRunner | EntityManager | UnitOfWorkDataSource = dataSource) =>
    on.query('INSERT INTO people VALUES (?)', [name]) as Promise<unknown>;
  const people = async () => {
    const rows: { name: string }[] = await dataSource.query('SELECT name FROM people ORDER BY name');
    return rows.map(({ name }) => name);
  };
  const file = () => (dataSource.driver as SqliteDriver).file;

  describe('while another process has the file locked', () => {
    let other: Database.Database;

    beforeEach(() => {
      other = new Sqlite(file().path);
      other.exec("BEGIN IMMEDIATE; INSERT INTO people VALUES ('john')");
    });
    afterEach(() => other.close());

    /** Lets at least 60 ms and six turns of the event loop go by, and says whether the write is over. */
    const isOverSoon = async (write: Promise<unknown>) => {
      let isOver = false;
      void write.finally(() => (isOver = true)).catch(() => undefined);
      const end = performance.now() + 60;
      for (let turns = 0; turns < 6 || performance.now() < end; turns++) await sleep(1);
      return isOver;
    };

    it.each([
      ['a plain write', () => insert('susan')],
      ['a transaction', () => dataSource.transaction((manager) => insert('susan', manager))],
    ])('lets %s wait, without stopping the event loop', async (_case, write) => {
      const writing = write();
      expect(await isOverSoon(writing)).toBe(false);
      other.exec('COMMIT');
      await writing;
      expect(await people()).toEqual(['john', 'susan']);
    });

    it('lets nobody wait who only reads', async () => {
      expect(await people()).toEqual([]);
    });
  });

  describe('gives the turn to write back', () => {
    afterEach(async () => {
      await insert('the next one');
      expect(await people()).toContain('the next one');
    });

    it('when a plain write fails', async () => {
      await insert('susan');
      await expect(insert('susan')).rejects.toThrow('UNIQUE constraint failed');
    });

    it('when a transaction cannot begin', async () => {
      file().prepareToWrite('BEGIN').run();
      // Jest knows an error of a native module only in the first test file that loads it, so no toThrow() here.
      await expect(runner.startTransaction()).rejects.toHaveProperty(
        'message',
        'cannot start a transaction within a transaction',
      );
      file().prepareToWrite('ROLLBACK').run();
    });

    it('when a statement in a transaction fails', async () => {
      const work = dataSource.transaction(async (manager) => {
        await insert('susan', manager);
        await insert('susan', manager);
      });
      await expect(work).rejects.toThrow('UNIQUE constraint failed');
      expect(await people()).toEqual([]);
    });

    it('when the commit fails', async () => {
      await runner.startTransaction();
      await runner.query("INSERT INTO posts VALUES ('nobody')");
      await expect(runner.commitTransaction()).rejects.toThrow('FOREIGN KEY constraint failed');
      await runner.rollbackTransaction();
      expect(await dataSource.query('SELECT * FROM posts')).toEqual([]);
    });

    it('when SQLite has rolled back by itself', async () => {
      await runner.startTransaction();
      await insert('susan', runner);
      file().prepareToWrite('ROLLBACK').run();
      await runner.rollbackTransaction();
      expect(await people()).toEqual([]);
    });

    it('when a runner is released in the middle of its transaction', async () => {
      await runner.startTransaction();
      await insert('susan', runner);
      await runner.release();
      expect(await people()).toEqual([]);
    });
  });

  it('undoes a nested transaction alone', async () => {
    await runner.startTransaction();
    await insert('susan', runner);
    await runner.startTransaction();
    await insert('john', runner);
    await runner.rollbackTransaction();
    await runner.commitTransaction();
    expect(await people()).toEqual(['susan']);
  });
});

import { createSqliteFile, TestDatabase } from '../../test/database';
import { Sqlite } from '../../test/sqlite';
import { SqliteFile } from './sqlite-file';

describe('SqliteFile', () => {
  let database: TestDatabase;
  let file: SqliteFile;

  beforeEach(() => {
    database = createSqliteFile();
    file = new SqliteFile(database.url.slice('sqlite:'.length), Sqlite);
    write('CREATE TABLE people (id integer PRIMARY KEY, name text)');
    write('CREATE TABLE posts (author_id integer NOT NULL REFERENCES people)');
  });
  afterEach(async () => {
    file.close();
    await database.drop();
  });

  const write = (sql: string) => file.prepareToWrite(sql).run();
  const people = () => file.prepareToRead('SELECT name FROM people').pluck().all();

  it.each([
    'SELECT * FROM people',
    "WITH susan AS (SELECT 'susan' AS name) SELECT * FROM susan",
    'PRAGMA table_info(people)',
    'this is no SQL',
  ])('takes %s for a read', (sql) => {
    expect(file.isRead(sql)).toBe(true);
  });

  it.each([
    "INSERT INTO people (name) VALUES ('susan')",
    "INSERT INTO people (name) VALUES ('susan') RETURNING id",
    "WITH susan AS (SELECT 'susan' AS name) INSERT INTO people (name) SELECT name FROM susan",
    "UPDATE people SET name = 'john'",
    'DELETE FROM people',
    'CREATE TABLE more (id integer)',
    'BEGIN IMMEDIATE',
  ])('takes %s for a write', (sql) => {
    expect(file.isRead(sql)).toBe(false);
  });

  it('cannot write on the connection that reads', () => {
    const insert = file.prepareToRead("INSERT INTO people (name) VALUES ('susan')");
    expect(() => insert.run()).toThrow('attempt to write a readonly database');
    expect(people()).toEqual([]);
  });

  it('reads what is committed, and only that', () => {
    write('BEGIN IMMEDIATE');
    write("INSERT INTO people (name) VALUES ('susan')");
    expect(file.inTransaction).toBe(true);
    expect(people()).toEqual([]);
    write('COMMIT');
    expect(file.inTransaction).toBe(false);
    expect(people()).toEqual(['susan']);
  });

  it.each([
    ['journal_mode', { journal_mode: 'wal' }],
    ['synchronous', { synchronous: 2 }],
    ['foreign_keys', { foreign_keys: 1 }],
    ['busy_timeout', { timeout: 0 }],
  ])('writes with %s %j', (pragma, value) => {
    expect(file.pragma(pragma)).toEqual([value]);
  });

  it.each([':memory:', 'file::memory:?cache=shared', ''])(
    'refuses %j, which only one connection can open',
    (path) => {
      expect(() => new SqliteFile(path, Sqlite)).toThrow(
        'it must be a file, which several connections can open',
      );
    },
  );

  it('refuses a row whose owner is not there', () => {
    expect(() => write('INSERT INTO posts VALUES (1)')).toThrow('FOREIGN KEY constraint failed');
  });

  it('prepares a statement once, and goes on after more statements than it keeps', () => {
    expect(file.prepareToRead('SELECT 1')).toBe(file.prepareToRead('SELECT 1'));
    for (let number = 0; number < 300; number++) {
      expect(file.prepareToRead(`SELECT ${number}`).pluck().get()).toBe(number);
    }
    expect(file.prepareToRead('SELECT 0').pluck().get()).toBe(0);
  });
});

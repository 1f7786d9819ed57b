import { writeFileSync } from 'node:fs';
import { DataSourceOptions } from 'typeorm';
import { createSqliteFile, TestDatabase } from '../../test/support/database';
import { parseEnvironment } from '../config/environment';
import { StartError } from '../config/start-error';
import { dataSourceOptions } from './data-source-options';
import { migrations } from './migrations';
import { openDataSource } from './open-data-source';

class FailingMigration1795305600001 {
  up(): Promise<void> {
    return Promise.reject(new Error('The first line.\nThe second line.'));
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

describe('openDataSource', () => {
  let database: TestDatabase;

  beforeEach(() => {
    database = createSqliteFile();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  const options = (DATABASE_URL = database.url) => dataSourceOptions(parseEnvironment({ DATABASE_URL }));
  const open = async (more: Partial<DataSourceOptions> = {}) => {
    const dataSource = await openDataSource({ ...options(), ...more } as DataSourceOptions);
    const done: unknown[] = await dataSource.query('SELECT * FROM migrations');
    await dataSource.destroy();
    return done;
  };

  it('migrates an empty file once, when two open it at the same moment and when one does later', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(first).toHaveLength(migrations.length);
    expect(second).toEqual(first);
    expect(await open()).toEqual(first);
  });

  it('makes the directory of the file', async () => {
    const url = database.url.replace('test.sqlite', 'not/yet/there.sqlite');
    expect(await open({ database: url.slice('sqlite:'.length) })).toHaveLength(migrations.length);
  });

  it('tells which server cannot be used, but neither the user name nor the password', async () => {
    const opening = openDataSource(options('postgres://susan:catcatcat@127.0.0.1:1/microblog'));
    await expect(opening).rejects.toThrow(StartError);
    await expect(opening).rejects.toThrow(
      /^DATABASE_URL: postgres:\/\/127\.0\.0\.1:1\/microblog cannot be used: (?!.*susan)(?!.*catcatcat).+$/,
    );
  });

  it('tells which file cannot be used', async () => {
    const file = database.url.slice('sqlite:'.length);
    writeFileSync(file, 'Dear Susan, this is not a database. '.repeat(100));
    await expect(open()).rejects.toThrow(`DATABASE_URL: ${file} cannot be used: file is not a database`);
  });

  it('gives a reason of several lines in one, and leaves nothing half migrated', async () => {
    // TypeORM prints a migration that failed, whatever `logging` says.
    jest.spyOn(console, 'log').mockReturnValue();
    const failing = open({ migrations: [FailingMigration1795305600001] });
    await expect(failing).rejects.toThrow(/ cannot be used: The first line\. The second line\.$/);
    expect(await open()).toHaveLength(migrations.length);
  });
});

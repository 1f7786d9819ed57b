import { setTimeout as sleep } from 'node:timers/promises';
import {
  Column,
  DataSourceOptions,
  Entity,
  Index,
  PrimaryColumn,
  QueryFailedError,
  Repository,
} from 'typeorm';
import {
  TransactionAbortedError,
  TransactionClosedError,
  UnitOfWork,
  UnitOfWorkDataSource,
  WriteLockTimeoutError,
  createUnitOfWorkDataSource,
  isDatabaseBusy,
  violatedUniqueIndex,
} from '@microblog/unit-of-work';
import { createDatabase, TestDatabase } from './database';

@Entity('notes')
class Note {
  @PrimaryColumn()
  id!: number;

  @Column()
  text!: string;
}

describe('UnitOfWork', () => {
  let database: TestDatabase;
  let dataSource: UnitOfWorkDataSource;
  let units: UnitOfWork;
  let notes: Repository<Note>;

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = new UnitOfWorkDataSource({ ...database.options, entities: [Note] });
    await dataSource.initialize();
    units = dataSource.unitOfWork;
    notes = dataSource.getRepository(Note);
    await dataSource.query('CREATE TABLE notes (id integer PRIMARY KEY, text varchar(40) NOT NULL)');
    await dataSource.query(
      'CREATE TABLE replies (note_id integer REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)',
    );
  });
  afterEach(() => notes.deleteAll());
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const note = (id: number) => ({ id, text: `Note ${id}` });
  const ids = async () => (await notes.find({ order: { id: 'ASC' } })).map(({ id }) => id);

  it('saves all of its work together', async () => {
    const result = await units.run(async () => {
      await notes.insert(note(1));
      await notes.save(note(2));
      await notes.createQueryBuilder().update().set({ text: 'changed' }).where({ id: 1 }).execute();
      return 'done';
    });
    expect(result).toBe('done');
    expect(await notes.find({ order: { id: 'ASC' } })).toEqual([{ id: 1, text: 'changed' }, note(2)]);
  });

  it('saves nothing when it throws, whatever is thrown', async () => {
    for (const thrown of [new Error('no'), null, 'text']) {
      const work = units.run(async () => {
        await notes.insert(note(1));
        await notes.save(note(2));
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw thrown;
      });
      await expect(work).rejects.toBe(thrown);
      expect(await ids()).toEqual([]);
    }
  });

  it('saves nothing when its result is not to be kept, and returns it', async () => {
    const work = async () => {
      await notes.insert(note(1));
      return 500;
    };
    expect(await units.run(work, { keep: (status) => status < 500 })).toBe(500);
    expect(await ids()).toEqual([]);
  });

  it('reads its own writes, which nobody else does', async () => {
    await units.run(async () => {
      await notes.insert(note(1));
      expect(await ids()).toEqual([1]);
      expect(await units.outside(ids)).toEqual([]);
    });
    expect(await ids()).toEqual([1]);
  });

  it('takes units inside it as its own parts', async () => {
    const work = units.run(async () => {
      await units.run(() => notes.insert(note(1)));
      throw new Error('after the inner one');
    });
    await expect(work).rejects.toThrow('after the inner one');
    expect(await ids()).toEqual([]);
  });

  it('keeps 40 overlapping units apart, and plain writes beside them', async () => {
    const work = Array.from({ length: 40 }, (_, id) =>
      units
        .run(async () => {
          await notes.insert(note(id));
          await sleep(id % 3);
          await notes.update(id, { text: 'second write' });
          if (id % 2 === 0) throw new Error('no');
        })
        .catch(() => undefined),
    );
    const plain = Array.from({ length: 20 }, (_, id) => notes.save(note(100 + id)));
    await Promise.all([...work, ...plain]);
    const odd = Array.from({ length: 20 }, (_, index) => 2 * index + 1);
    expect(await ids()).toEqual([...odd, ...plain.map((_, id) => 100 + id)]);
  });

  it('begins no transaction until it uses the database', async () => {
    const queries = jest.spyOn(dataSource.logger, 'logQuery');
    await units.run(() => Promise.resolve());
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
  });

  describe('when a statement fails', () => {
    const duplicate = () => notes.insert(note(1));

    it('cannot be saved any more, even if the failure is ignored', async () => {
      const work = units.run(async () => {
        await duplicate();
        await expect(duplicate()).rejects.toThrow(QueryFailedError);
        return 'as if nothing had happened';
      });
      await expect(work).rejects.toThrow(TransactionAbortedError);
      expect(await ids()).toEqual([]);
    });

    it('can be saved when the failure was in a nested transaction of its own', async () => {
      await units.run(async () => {
        await duplicate();
        await expect(notes.manager.transaction((nested) => nested.insert(Note, note(1)))).rejects.toThrow();
        await notes.insert(note(2));
      });
      expect(await ids()).toEqual([1, 2]);
    });
  });

  it('saves nothing when the COMMIT itself fails, and goes on working', async () => {
    const work = units.run(async () => {
      await notes.insert(note(1));
      await notes.query('INSERT INTO replies VALUES (2)');
    });
    await expect(work).rejects.toThrow(QueryFailedError);
    expect(await ids()).toEqual([]);
    await units.run(() => notes.insert(note(3)));
    expect(await ids()).toEqual([3]);
  });

  it('refuses work that goes on after its end, instead of saving it elsewhere', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    await units.run(async () => {
      await notes.insert(note(1));
      straggler = sleep(20).then(() => notes.insert(note(2)));
    });
    await expect(straggler).rejects.toThrow(TransactionClosedError);
    expect(await ids()).toEqual([1]);
  });

  describe('afterCommit', () => {
    it('does what was left to do once everything is saved, in order', async () => {
      const done: unknown[] = [];
      await units.run(async () => {
        await notes.insert(note(1));
        await units.afterCommit(async () => done.push(await ids()));
        await units.afterCommit(() => done.push('second'));
        expect(done).toEqual([]);
      });
      expect(done).toEqual([[1], 'second']);
    });

    it('does nothing when nothing was saved', async () => {
      const task = jest.fn();
      await units.run(() => units.afterCommit(task), { keep: () => false });
      await expect(
        units.run(async () => {
          await units.afterCommit(task);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(task).not.toHaveBeenCalled();
    });

    it('does the rest when a task fails, and what was saved stays saved', async () => {
      const task = jest.fn();
      await units.run(async () => {
        await notes.insert(note(1));
        await units.afterCommit(() => Promise.reject(new Error('no mail today')));
        await units.afterCommit(task);
      });
      expect(task).toHaveBeenCalled();
      expect(await ids()).toEqual([1]);
    });

    it('does it at once outside of a unit', async () => {
      const task = jest.fn();
      await units.afterCommit(task);
      expect(task).toHaveBeenCalled();
    });
  });
});

describe('isDatabaseBusy', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  const SHORT = { connectTimeoutMS: 100, poolSize: 1, timeout: 0 };

  it('is true where PostgreSQL has no connection left', async () => {
    const { type } = database.options;
    const dataSource = new UnitOfWorkDataSource({ ...database.options, ...SHORT } as DataSourceOptions);
    await dataSource.initialize();
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    const second = dataSource.query('SELECT 1').then(
      () => false,
      (error: unknown) => isDatabaseBusy(error),
    );
    // SQLite reads beside a transaction.
    expect(await second).toBe(type === 'postgres');
    await runner.rollbackTransaction();
    await runner.release();
    await dataSource.destroy();
  });

  it('is true where no turn to write to the SQLite file came', () => {
    expect(isDatabaseBusy(new WriteLockTimeoutError('another process is writing'))).toBe(true);
  });

  it('is true where PostgreSQL has as many clients as it may have', () => {
    const refused = Object.assign(new Error('sorry, too many clients already'), { code: '53300' });
    expect(isDatabaseBusy(refused)).toBe(true);
  });

  it('is false for any other error', () => {
    for (const error of [new Error('disk is full'), null, 'text']) expect(isDatabaseBusy(error)).toBe(false);
  });
});

@Entity('people')
class Person {
  @PrimaryColumn('varchar')
  name!: string;

  @Index('people_email', { unique: true })
  @Column('varchar')
  email!: string;

  @Column('timestamptz')
  since!: Date;
}

describe('A data source of createUnitOfWorkDataSource()', () => {
  let database: TestDatabase;
  let dataSource: UnitOfWorkDataSource;
  let people: Repository<Person>;

  beforeAll(async () => {
    database = await createDatabase();
    const options = { ...database.options, entities: [Person], synchronize: true };
    dataSource = await createUnitOfWorkDataSource(options);
    people = dataSource.getRepository(Person);
  });
  afterEach(() => people.deleteAll());
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const person = (name: string, email = `${name}@example.com`) => ({
    name,
    email,
    since: new Date('2026-03-04T05:06:07.089Z'),
  });

  it('reads a time as it was saved, and finds it by the time', async () => {
    const susan = person('susan');
    await people.insert(susan);
    expect(await people.findBy({ since: susan.since })).toEqual([susan]);
  });

  it('tells which unique index has refused a row', async () => {
    await people.insert(person('susan'));
    const refused = await people.insert(person('john', 'susan@example.com')).catch((error: unknown) => error);
    expect(violatedUniqueIndex(refused)).toBe('people_email');
  });

  it('names no index where something else is wrong', async () => {
    const failed: unknown = await people.query('SELECT * FROM nowhere').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(QueryFailedError);
    for (const error of [failed, new Error('no'), null]) expect(violatedUniqueIndex(error)).toBeUndefined();
  });
});

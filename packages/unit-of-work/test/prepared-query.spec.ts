import { Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import { PreparedQuery, UnitOfWorkDataSource } from '@microblog/unit-of-work';
import { createDatabase, TestDatabase } from './database';

@Entity('senders')
class Sender {
  @PrimaryColumn('integer')
  id!: number;

  @Column('varchar', { name: 'full_name' })
  fullName!: string;

  @Column('varchar', { select: false, default: 'a secret' })
  secret?: string;

  @OneToMany(() => Mail, (mail) => mail.sender)
  mails!: Mail[];
}

@Entity('mails')
class Mail {
  @PrimaryColumn('integer')
  id!: number;

  @Column('integer', { name: 'sender_id' })
  senderId!: number;

  @ManyToOne(() => Sender, (sender) => sender.mails)
  @JoinColumn({ name: 'sender_id' })
  sender!: Sender;

  @Column('varchar', { nullable: true })
  subject!: string | null;

  @Column('boolean')
  urgent!: boolean;

  @Column('timestamptz', { name: 'sent_at' })
  sentAt!: Date;

  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt!: Date | null;
}

describe('PreparedQuery', () => {
  let database: TestDatabase;
  let dataSource: UnitOfWorkDataSource;
  const statements: string[] = [];

  const at = (day: number) => new Date(Date.UTC(2026, 0, day, 12, 30, 15, 250));
  const mails = () => dataSource.getRepository(Mail);
  const since = () =>
    new PreparedQuery(mails(), ['day', 'urgent'], 'mail', (builder) =>
      builder
        .innerJoinAndSelect('mail.sender', 'sender')
        .where('mail.sentAt >= :day AND mail.urgent = :urgent')
        .orderBy('mail.id', 'DESC')
        .limit(2),
    );

  beforeAll(async () => {
    database = await createDatabase();
    dataSource = new UnitOfWorkDataSource({
      ...database.options,
      entities: [Mail, Sender],
      synchronize: true,
      logger: { ...NO_LOGGER, logQuery: (sql: string) => statements.push(sql) },
      logging: ['query'],
    });
    await dataSource.initialize();
    await dataSource.getRepository(Sender).insert([
      { id: 1, fullName: 'Susan' },
      { id: 2, fullName: 'John' },
    ]);
    await mails().insert([
      { id: 1, senderId: 1, subject: 'One', urgent: true, sentAt: at(1) },
      { id: 2, senderId: 1, subject: null, urgent: true, sentAt: at(2) },
      { id: 3, senderId: 2, subject: 'Three', urgent: true, sentAt: at(3) },
      { id: 4, senderId: 2, subject: 'Four', urgent: true, sentAt: at(4) },
      { id: 5, senderId: 2, subject: 'Five', urgent: false, sentAt: at(5) },
      { id: 6, senderId: 2, subject: 'Six', urgent: true, sentAt: at(6), deletedAt: at(7) },
    ]);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('finds what the query builder finds, as the same objects', async () => {
    const found = await since().all({ day: at(2), urgent: true });
    const expected = await mails()
      .createQueryBuilder('mail')
      .innerJoinAndSelect('mail.sender', 'sender')
      .where('mail.sentAt >= :day AND mail.urgent = :urgent', { day: at(2), urgent: true })
      .orderBy('mail.id', 'DESC')
      .limit(2)
      .getMany();
    expect(found).toEqual(expected);
    expect(found.map(({ id }) => id)).toEqual([4, 3]);
    expect(found[0]).toBeInstanceOf(Mail);
    expect(found[0]?.sender).toBeInstanceOf(Sender);
    expect(found[0]?.sender).toEqual({ id: 2, fullName: 'John' });
    expect(found[0]).toMatchObject({ urgent: true, sentAt: at(4), deletedAt: null });
  });

  it('reads no other columns than those that are selected', async () => {
    const query = new PreparedQuery(mails(), ['id'], 'mail', (builder) =>
      builder
        .select(['mail.id', 'mail.urgent'])
        .innerJoin('mail.sender', 'sender')
        .addSelect(['sender.fullName', 'sender.secret'])
        .where('mail.id = :id'),
    );
    const found = await query.one({ id: 3 });
    expect(found).toEqual({ id: 3, urgent: true, sender: { fullName: 'John', secret: 'a secret' } });
    expect(statements.at(-1)).not.toContain('subject');
  });

  it('takes other values each time, in any order, and a name that occurs twice', async () => {
    const query = new PreparedQuery(mails(), ['subject', 'id'], 'mail', (builder) =>
      builder.where('mail.id > :id AND (mail.subject = :subject OR mail.id < :id)').orderBy('mail.id'),
    );
    expect((await query.all({ id: 1, subject: 'Three' })).map(({ id }) => id)).toEqual([3]);
    expect((await query.all({ subject: 'Five', id: 4 })).map(({ id }) => id)).toEqual([5]);
  });

  it('has nothing where nothing is found', async () => {
    const query = since();
    expect(await query.all({ day: at(20), urgent: true })).toEqual([]);
    expect(await query.one({ day: at(20), urgent: true })).toBeNull();
    expect((await query.one({ day: at(1), urgent: false }))?.subject).toBe('Five');
  });

  it('takes a value for a value, whatever it looks like', async () => {
    const query = new PreparedQuery(mails(), ['subject'], 'mail', (builder) =>
      builder.where('mail.subject = :subject'),
    );
    for (const subject of [`' OR 1=1 --`, ':subject', '$1', '?', 'value of subject']) {
      expect(await query.all({ subject })).toEqual([]);
    }
  });

  it('builds its SQL once, when it is first run', async () => {
    let built = 0;
    const query = new PreparedQuery(mails(), ['id'], 'mail', (builder) => {
      built++;
      return builder.where('mail.id = :id');
    });
    expect(built).toBe(0);
    for (const id of [1, 2, 3]) await query.one({ id });
    expect(built).toBe(1);
    const [first, second, third] = statements.slice(-3);
    expect(second).toBe(first);
    expect(third).toBe(first);
  });

  it('sees what its unit of work has written, and nobody else does before that is saved', async () => {
    const query = new PreparedQuery(mails(), ['id'], 'mail', (builder) => builder.where('mail.id = :id'));
    const { unitOfWork } = dataSource;
    const changing = unitOfWork.run(async () => {
      await mails().update(1, { subject: 'Changed' });
      expect((await query.one({ id: 1 }))?.subject).toBe('Changed');
      expect((await unitOfWork.outside(() => query.one({ id: 1 })))?.subject).toBe('One');
      throw new Error('Nothing is saved');
    });
    await expect(changing).rejects.toThrow('Nothing is saved');
    expect((await query.one({ id: 1 }))?.subject).toBe('One');
  });

  it.each([
    ['a list', () => dataSource.getRepository(Sender), 'sender', 'sender.mails'],
    ['nothing at times', mails, 'mail', 'mail.sender'],
  ])('refuses a join that can bring %s', async (_what, repository, alias, relation) => {
    const query = new PreparedQuery(repository() as ReturnType<typeof mails>, [], alias, (builder) =>
      alias === 'mail'
        ? builder.leftJoinAndSelect(relation, 'other')
        : builder.innerJoinAndSelect(relation, 'other'),
    );
    await expect(query.all({})).rejects.toThrow(
      'A prepared query cannot select other: only inner joins of the entity to one other',
    );
  });
});

const NO_LOGGER = {
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

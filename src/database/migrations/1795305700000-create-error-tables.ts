import { MigrationInterface, QueryRunner, Table, TableColumnOptions } from 'typeorm';

/** Mails that wait for delivery, and groups of like errors that are mailed to the administrators. */
export class CreateErrorTables1795305700000 implements MigrationInterface {
  name = 'CreateErrorTables1795305700000';

  async up(runner: QueryRunner): Promise<void> {
    const time = runner.dataSource.options.type === 'postgres' ? 'timestamptz' : 'datetime';
    const text = (name: string, length: number): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: String(length),
    });

    await runner.createTable(
      new Table({
        name: 'outgoing_mails',
        columns: [
          {
            name: 'id',
            type: 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          text('message_id', 200),
          text('recipient', 254),
          text('subject', 200),
          text('thread_id', 200),
          { name: 'text', type: 'text' },
          { name: 'html', type: 'text' },
          { name: 'created_at', type: time },
          { name: 'attempts', type: 'integer' },
          text('last_failure', 200),
          { name: 'next_attempt_at', type: time },
          { name: 'claimed_until', type: time, isNullable: true },
          { name: 'sent_at', type: time, isNullable: true },
        ],
        indices: [
          {
            name: 'outgoing_mails_message_id_recipient',
            columnNames: ['message_id', 'recipient'],
            isUnique: true,
          },
          { name: 'outgoing_mails_sent_at', columnNames: ['sent_at', 'next_attempt_at'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'error_groups',
        columns: [
          { ...text('key', 32), isPrimary: true },
          text('title', 200),
          { name: 'count', type: 'integer' },
          { name: 'mailed_count', type: 'integer' },
          { name: 'suppressed', type: 'integer' },
          { name: 'first_seen', type: time },
          { name: 'last_seen', type: time },
          text('last_reference', 20),
          { name: 'closed_at', type: time, isNullable: true },
        ],
        indices: [{ name: 'error_groups_last_seen', columnNames: ['last_seen'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'error_mail_hours',
        columns: [
          { name: 'hour', type: 'integer', isPrimary: true },
          { name: 'sent', type: 'integer' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('error_mail_hours');
    await runner.dropTable('error_groups');
    await runner.dropTable('outgoing_mails');
  }
}

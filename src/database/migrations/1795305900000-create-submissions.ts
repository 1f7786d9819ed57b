import { MigrationInterface, QueryRunner, Table } from 'typeorm';

/** Forms that have been sent, so that none has its effect twice. */
export class CreateSubmissions1795305900000 implements MigrationInterface {
  name = 'CreateSubmissions1795305900000';

  async up(runner: QueryRunner): Promise<void> {
    const time = runner.dataSource.options.type === 'postgres' ? 'timestamptz' : 'datetime';
    await runner.createTable(
      new Table({
        name: 'submissions',
        columns: [
          { name: 'id', type: 'varchar', length: '64', isPrimary: true },
          { name: 'reply', type: 'text' },
          { name: 'created_at', type: time },
        ],
        indices: [{ name: 'submissions_created_at', columnNames: ['created_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('submissions');
  }
}

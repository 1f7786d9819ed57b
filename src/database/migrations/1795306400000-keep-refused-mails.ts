import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

/** Mails that never will be sent are kept for a day, with the reason, instead of vanishing. */
export class KeepRefusedMails1795306400000 implements MigrationInterface {
  name = 'KeepRefusedMails1795306400000';

  async up(runner: QueryRunner): Promise<void> {
    const type = runner.dataSource.options.type === 'postgres' ? 'timestamptz' : 'datetime';
    await runner.addColumn('outgoing_mails', new TableColumn({ name: 'refused_at', type, isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('outgoing_mails', 'refused_at');
  }
}

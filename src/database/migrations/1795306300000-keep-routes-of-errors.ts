import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

/** Where an error happened last, for the subjects of the mails about it. */
export class KeepRoutesOfErrors1795306300000 implements MigrationInterface {
  name = 'KeepRoutesOfErrors1795306300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'error_groups',
      new TableColumn({ name: 'last_route', type: 'varchar', length: '100', default: "''" }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('error_groups', 'last_route');
  }
}

import { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  ['posts', 'body'],
  ['users', 'about_me'],
] as const;

/** Texts of 140 characters as people count them, each of which may be several code points. SQLite does not look at lengths. */
export class WidenTexts1795306000000 implements MigrationInterface {
  name = 'WidenTexts1795306000000';

  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'postgres') return;
    for (const [table, column] of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE varchar(1680)`);
    }
  }

  /** Cuts off what the narrower columns cannot hold. */
  async down(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type !== 'postgres') return;
    for (const [table, column] of COLUMNS) {
      await runner.query(
        `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE varchar(140) USING left(${column}, 140)`,
      );
    }
  }
}

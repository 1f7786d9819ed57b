import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

/** Posts that were deleted, for as long as that can be undone. */
export class KeepDeletedPosts1795306100000 implements MigrationInterface {
  name = 'KeepDeletedPosts1795306100000';

  async up(runner: QueryRunner): Promise<void> {
    const type = runner.dataSource.options.type === 'postgres' ? 'timestamptz' : 'datetime';
    await runner.addColumn('posts', new TableColumn({ name: 'deleted_at', type, isNullable: true }));
    await runner.createIndex(
      'posts',
      new TableIndex({
        name: 'posts_deleted_at',
        columnNames: ['deleted_at'],
        where: 'deleted_at IS NOT NULL',
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM posts WHERE deleted_at IS NOT NULL');
    await runner.dropIndex('posts', 'posts_deleted_at');
    await runner.dropColumn('posts', 'deleted_at');
  }
}

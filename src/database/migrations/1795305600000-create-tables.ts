import { MigrationInterface, QueryRunner, Table, TableColumnOptions } from 'typeorm';

/** Users, their sessions and their posts. */
export class CreateTables1795305600000 implements MigrationInterface {
  name = 'CreateTables1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    const time = isPostgres ? 'timestamptz' : 'datetime';
    const id: TableColumnOptions = {
      name: 'id',
      type: 'integer',
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    };
    const owner = (column: string) => ({
      columnNames: [column],
      referencedTableName: 'users',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    });

    await runner.createTable(
      new Table({
        name: 'users',
        columns: [
          id,
          { name: 'username', type: 'varchar', length: '64' },
          { name: 'username_key', type: 'varchar', length: '64' },
          { name: 'email', type: 'varchar', length: '254' },
          { name: 'email_key', type: 'varchar', length: '254' },
          { name: 'password_hash', type: 'varchar', length: '255' },
          { name: 'about_me', type: 'varchar', length: '140', default: "''" },
          { name: 'created_at', type: time },
          { name: 'last_seen', type: time },
        ],
        indices: [
          { name: 'users_username_key', columnNames: ['username_key'], isUnique: true },
          { name: 'users_email_key', columnNames: ['email_key'], isUnique: true },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'sessions',
        columns: [
          { name: 'token_hash', type: 'varchar', length: '64', isPrimary: true },
          { name: 'user_id', type: 'integer' },
          { name: 'remembered', type: 'boolean' },
          { name: 'expires_at', type: time },
        ],
        foreignKeys: [owner('user_id')],
        indices: [
          { name: 'sessions_user_id', columnNames: ['user_id'] },
          { name: 'sessions_expires_at', columnNames: ['expires_at'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'posts',
        columns: [
          id,
          { name: 'body', type: 'varchar', length: '140' },
          { name: 'created_at', type: time },
          { name: 'author_id', type: 'integer' },
        ],
        foreignKeys: [owner('author_id')],
        indices: [{ name: 'posts_author_id_id', columnNames: ['author_id', 'id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('posts');
    await runner.dropTable('sessions');
    await runner.dropTable('users');
  }
}

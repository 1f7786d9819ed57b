import { Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { codePointsFor } from '@microblog/forms';
import { User } from '../users/user.entity';

export const MAX_POST_CHARACTERS = 140;

@Entity('posts')
export class Post {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: codePointsFor(MAX_POST_CHARACTERS) })
  body!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Queries leave deleted posts out unless they ask for them with `withDeleted`; see `DeletedPosts` for how long they are kept. */
  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt!: Date | null;

  @Column({ name: 'author_id' })
  authorId!: number;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'author_id' })
  author!: User;
}

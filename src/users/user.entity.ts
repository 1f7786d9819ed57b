import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { codePointsFor } from '@microblog/forms';

export const MAX_ABOUT_ME_CHARACTERS = 140;

/** A person with an account. */
@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 64 })
  username!: string;

  /** The name as it is unique: see {@link usernameKey}. */
  @Column({ name: 'username_key', length: 64 })
  usernameKey!: string;

  @Column({ length: 254 })
  email!: string;

  /** The address as it is unique: see {@link emailKey}. */
  @Column({ name: 'email_key', length: 254 })
  emailKey!: string;

  @Column({ name: 'password_hash', length: 255 })
  passwordHash!: string;

  @Column({ name: 'about_me', length: codePointsFor(MAX_ABOUT_ME_CHARACTERS), default: '' })
  aboutMe!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Kept to the minute. */
  @Column({ name: 'last_seen', type: 'timestamptz' })
  lastSeen!: Date;
}

import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from './user.entity';

/** Someone who is signed in, in one browser. */
@Entity('sessions')
export class Session {
  /** SHA-256 of the token in the cookie, in hexadecimal: nobody who reads the table can sign in with it. */
  @PrimaryColumn({ name: 'token_hash', length: 64 })
  tokenHash!: string;

  @Column({ name: 'user_id' })
  userId!: number;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'user_id' })
  user!: User;

  /** Whether the browser keeps the cookie when it is closed. */
  @Column({ type: 'boolean' })
  remembered!: boolean;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}

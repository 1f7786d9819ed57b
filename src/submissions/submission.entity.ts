import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A form that has been sent and has had its effect, with the reply that it got. */
@Entity('submissions')
export class Submission {
  /** SHA-256 of the key, the browser, the path and what was sent, in hexadecimal. */
  @PrimaryColumn({ length: 64 })
  id!: string;

  /** Sealed with a key that only the browser has: a reply may carry the cookie of a session. */
  @Column({ type: 'text' })
  reply!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

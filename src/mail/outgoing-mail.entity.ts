import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A mail to one recipient, until it has been taken by the mail server or refused for good, and for a day after that. */
@Entity('outgoing_mails')
export class OutgoingMail {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Together with the recipient unique: the mail server, too, knows by it what it has had already. */
  @Column({ name: 'message_id', length: 200 })
  messageId!: string;

  @Column({ length: 254 })
  recipient!: string;

  @Column({ length: 200 })
  subject!: string;

  /** `References` for a thread, or empty. */
  @Column({ name: 'thread_id', length: 200 })
  threadId!: string;

  @Column({ type: 'text' })
  text!: string;

  @Column({ type: 'text' })
  html!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column()
  attempts!: number;

  /** Why the last attempt failed, or empty. */
  @Column({ name: 'last_failure', length: 200 })
  lastFailure!: string;

  @Column({ name: 'next_attempt_at', type: 'timestamptz' })
  nextAttemptAt!: Date;

  /** Set while a process sends it. If that process dies, another may try after this time. */
  @Column({ name: 'claimed_until', type: 'timestamptz', nullable: true })
  claimedUntil!: Date | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;

  /** When it became certain that it never will be sent. */
  @Column({ name: 'refused_at', type: 'timestamptz', nullable: true })
  refusedAt!: Date | null;
}

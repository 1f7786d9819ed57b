import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Errors that are alike, from the first until ten minutes after the last; counted for all processes together. */
@Entity('error_groups')
export class ErrorGroup {
  @PrimaryColumn({ length: 32 })
  key!: string;

  @Column({ length: 200 })
  title!: string;

  @Column()
  count!: number;

  /** The count that the last mail told; 0 before the first. */
  @Column({ name: 'mailed_count' })
  mailedCount!: number;

  /** Mails that the hourly cap kept back since the last digest. */
  @Column()
  suppressed!: number;

  @Column({ name: 'first_seen', type: 'timestamptz' })
  firstSeen!: Date;

  @Column({ name: 'last_seen', type: 'timestamptz' })
  lastSeen!: Date;

  @Column({ name: 'last_reference', length: 20 })
  lastReference!: string;

  /** Such as `GET /user/:username`; empty outside of requests. */
  @Column({ name: 'last_route', length: 100, default: '' })
  lastRoute!: string;

  /** When it had been quiet for long enough; kept after that only until the digest. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;
}

/** How many error mails went out in an hour, numbered since 1970. */
@Entity('error_mail_hours')
export class ErrorMailHour {
  @PrimaryColumn()
  hour!: number;

  @Column()
  sent!: number;
}

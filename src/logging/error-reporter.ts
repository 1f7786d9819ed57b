import { Injectable, Logger, OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../config/environment';
import { UnitOfWork } from '../database/unit-of-work';
import { Delivery } from '../mail/delivery';
import { whileMailing } from '../mail/mailing';
import { Spool } from '../mail/spool';
import { ErrorGroup } from './error-group.entity';
import { Batch, ErrorGroups } from './error-groups';
import { QUIET, milestones } from './error-mail-schedule';
import { ErrorMails } from './error-mails';
import { ErrorOccurrence } from './error-occurrence';

/** How often quiet groups are looked for, in milliseconds. */
const INTERVAL = 15_000;
/** The pause between two rounds of counting, in milliseconds: each is a transaction that reaches the disk. */
const PAUSE = 100;
/** How long an answer waits to learn whether a mail was taken, in milliseconds. */
const PATIENCE = 500;
/** So many groups are remembered as mailed; the oldest are forgotten first. */
const KNOWN_GROUPS = 1_000;

/**
 * Counts errors and sees to the mails about them, beside the requests in which they happen. While the database is away the mails
 * are kept on disk, and the counts in memory.
 */
@Injectable()
export class ErrorReporter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ErrorReporter.name);
  private pending = new Map<string, Batch>();
  private counting = Promise.resolve();
  private next?: Promise<void>;
  private countedAt = 0;
  /** Groups of which a mail has been taken, and when. */
  private readonly taken = new Map<string, number>();
  /** Groups as counted here while the database is away. */
  private readonly offline = new Map<string, ErrorGroup>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly groups: ErrorGroups,
    private readonly mails: ErrorMails,
    private readonly spool: Spool,
    private readonly delivery: Delivery,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.mailsErrors) return;
    this.timer = setInterval(() => void this.maintain(), INTERVAL).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
    await this.delivery.beforeApplicationShutdown();
  }

  /**
   * Takes an error in for counting and mailing. Never rejects, and never takes longer than half a second.
   *
   * @returns whether a mail about this error or one like it has been taken for delivery
   */
  async take(occurrence: ErrorOccurrence): Promise<boolean> {
    if (!this.environment.mailsErrors) return false;
    const { key } = occurrence;
    const known = this.pending.get(key);
    this.pending.set(key, {
      occurrence,
      count: (known?.count ?? 0) + 1,
      since: known?.since ?? occurrence.at,
    });
    const counted = this.countSoon();
    if (this.isTaken(key)) return true;
    await Promise.race([counted, sleep(PATIENCE, undefined, { ref: false })]);
    return this.isTaken(key);
  }

  /** Counts all that was taken in, at once. Never rejects. */
  flush(): Promise<void> {
    this.counting = this.counting.then(() =>
      this.unitOfWork.outside(() => whileMailing(() => this.countPending())),
    );
    return this.counting;
  }

  /** Ends quiet groups and sends the digest, when it is time. Never rejects. */
  async maintain(now = new Date()): Promise<void> {
    await this.unitOfWork.outside(() => whileMailing(() => this.endWhatIsOver(now)));
  }

  private async endWhatIsOver(now: Date): Promise<void> {
    try {
      for (const key of await this.groups.quietKeys(now)) {
        await this.unitOfWork.run(() => this.groups.close(key, now));
      }
      await this.unitOfWork.run(() => this.groups.sendDigest(now));
      this.delivery.wake();
    } catch (error) {
      this.logger.error(error);
    }
  }

  private countSoon(): Promise<void> {
    this.next ??= sleep(this.countedAt + PAUSE - Date.now(), undefined, { ref: false }).then(() => {
      this.next = undefined;
      return this.flush();
    });
    return this.next;
  }

  private async countPending(): Promise<void> {
    const batches = [...this.pending.values()];
    this.pending = new Map();
    for (const batch of batches) await this.count(batch);
    this.countedAt = Date.now();
    this.delivery.wake();
  }

  private async count(batch: Batch): Promise<void> {
    try {
      const group = await this.unitOfWork.run(() => this.groups.count(this.withOffline(batch)));
      this.offline.delete(group.key);
      if (group.mailedCount > 0) this.remember(group.key);
    } catch (error) {
      this.logger.error(error);
      this.countOffline(batch);
    }
  }

  /** What was counted while the database was away belongs to the total. */
  private withOffline(batch: Batch): Batch {
    const group = this.offline.get(batch.occurrence.key);
    return group ? { ...batch, count: batch.count + group.count, since: group.firstSeen } : batch;
  }

  /** The same milestones, mailed by way of the disk; put in twice, a mail is sent once. */
  private countOffline({ occurrence, count, since }: Batch): void {
    const { key, title, at, reference } = occurrence;
    const known = this.offline.get(key);
    const before = known?.count ?? 0;
    const group: ErrorGroup = {
      key,
      title,
      count: before + count,
      mailedCount: 0,
      suppressed: 0,
      firstSeen: known?.firstSeen ?? since,
      lastSeen: at,
      lastReference: reference,
      closedAt: null,
    };
    this.offline.set(key, group);
    try {
      for (const milestone of milestones(before, group.count)) {
        this.spool.keep(this.mails.occurrence(group, milestone, occurrence), at);
      }
      this.remember(key);
    } catch (error) {
      this.logger.error(error);
    }
  }

  private remember(key: string): void {
    this.taken.delete(key);
    this.taken.set(key, Date.now());
    const [oldest] = this.taken.keys();
    if (this.taken.size > KNOWN_GROUPS && oldest !== undefined) this.taken.delete(oldest);
  }

  private isTaken(key: string): boolean {
    return Date.now() - (this.taken.get(key) ?? 0) < QUIET;
  }
}

import { Injectable, Logger, OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../config/environment';
import { UnitOfWork } from '@microblog/unit-of-work';
import { OutboxWorker } from '../mail/outbox-worker';
import { inMailContext, isInMailContext } from '../mail/mail-context';
import { Spool } from '../mail/spool';
import { ErrorGroup } from './error-group.entity';
import { PendingErrors, ErrorGroups } from './error-groups';
import { QUIET_MS, milestones } from './error-mail-schedule';
import { ErrorMails } from './error-mails';
import { ErrorEvent, routeOf } from '../logging/error-event';
import { ErrorObserver } from '../logging/error-observer';
import { within } from '../timing/within';

const MAINTENANCE_INTERVAL_MS = 15_000;
/** The pause between two rounds of counting, each of which is a transaction that is written to disk. */
const COUNTING_PAUSE_MS = 100;
/** How long an answer waits to learn whether a mail was kept. */
const ANSWER_TIMEOUT_MS = 500;
/** So many groups are remembered in this process; the oldest are forgotten first. */
const KNOWN_GROUPS = 1_000;

/**
 * Counts errors and sees to the mails about them, beside the requests in which they happen. While the database is away the mails
 * are kept on disk, and the counts in memory.
 */
@Injectable()
export class ErrorReporter
  extends ErrorObserver
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(ErrorReporter.name);
  private pending = new Map<string, PendingErrors>();
  private counting = Promise.resolve();
  private next?: Promise<void>;
  /** From the monotonic clock, since the system clock can be set back. */
  private countedAt = -Infinity;
  /** Groups of which a mail is kept in the outbox or on disk, and since when. */
  private readonly mailed = new Map<string, number>();
  /** Groups as counted here while the database is away. */
  private readonly offline = new Map<string, ErrorGroup>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly groups: ErrorGroups,
    private readonly mails: ErrorMails,
    private readonly spool: Spool,
    private readonly outboxWorker: OutboxWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    if (!this.environment.mailsErrors) return;
    this.timer = setInterval(() => void this.maintain(), MAINTENANCE_INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
    await this.outboxWorker.beforeApplicationShutdown();
  }

  /** Takes an error in for counting and mailing, unless it happened while mail was sent. */
  async take(event: ErrorEvent): Promise<boolean> {
    if (!this.environment.mailsErrors || isInMailContext()) return false;
    const { key } = event;
    const known = this.pending.get(key);
    this.pending.set(key, {
      event,
      count: (known?.count ?? 0) + 1,
      since: known?.since ?? event.at,
      mailedCount: 0,
    });
    const counted = this.countSoon();
    if (this.isMailed(key)) return true;
    await within(ANSWER_TIMEOUT_MS, counted);
    return this.isMailed(key);
  }

  /** Counts all that was taken in, at once. Never rejects. */
  flush(): Promise<void> {
    this.counting = this.counting.then(() =>
      this.unitOfWork.outside(() => inMailContext(() => this.countPending())),
    );
    return this.counting;
  }

  /** Ends quiet groups and sends the digest, when it is time. Never rejects. */
  async maintain(now = new Date()): Promise<void> {
    await this.unitOfWork.outside(() => inMailContext(() => this.endWhatIsOver(now)));
  }

  private async endWhatIsOver(now: Date): Promise<void> {
    try {
      for (const key of await this.groups.quietKeys(now)) {
        await this.unitOfWork.run(() => this.groups.close(key, now));
      }
      await this.unitOfWork.run(() => this.groups.sendDigest(now));
      this.outboxWorker.wake();
    } catch (error) {
      this.logger.error(error);
    }
  }

  private countSoon(): Promise<void> {
    const pause = Math.max(0, this.countedAt + COUNTING_PAUSE_MS - performance.now());
    this.next ??= sleep(pause, undefined, { ref: false }).then(() => {
      this.next = undefined;
      return this.flush();
    });
    return this.next;
  }

  private async countPending(): Promise<void> {
    const batches = [...this.pending.values()];
    this.pending = new Map();
    for (const batch of batches) await this.count(batch);
    this.countedAt = performance.now();
    this.outboxWorker.wake();
  }

  private async count(batch: PendingErrors): Promise<void> {
    try {
      const group = await this.unitOfWork.run(() => this.groups.count(this.withOffline(batch)));
      this.offline.delete(group.key);
      if (group.mailedCount > 0) this.remember(group.key);
    } catch (error) {
      this.logger.error(error);
      this.countOffline(batch);
    }
  }

  /** Adds what was counted while the database was unreachable. */
  private withOffline(batch: PendingErrors): PendingErrors {
    const group = this.offline.get(batch.event.key);
    if (!group) return batch;
    const { count, firstSeen, mailedCount } = group;
    return { ...batch, count: batch.count + count, since: firstSeen, mailedCount };
  }

  /** Mails by way of the disk. What could not be kept there is due again with the next error. */
  private countOffline({ event, count, since }: PendingErrors): void {
    const { key, title, at, reference } = event;
    const known = this.offline.get(key);
    const group: ErrorGroup = {
      key,
      title,
      count: (known?.count ?? 0) + count,
      mailedCount: known?.mailedCount ?? 0,
      suppressed: 0,
      firstSeen: known?.firstSeen ?? since,
      lastSeen: at,
      lastReference: reference,
      lastRoute: routeOf(event),
      closedAt: null,
    };
    setBounded(this.offline, key, group);
    const milestone = milestones(group.mailedCount, group.count).at(-1);
    try {
      if (milestone !== undefined) {
        this.spool.write(this.mails.event(group, milestone, event), at);
        group.mailedCount = milestone;
      }
      this.remember(key);
    } catch (error) {
      this.logger.error(error);
    }
  }

  private remember(key: string): void {
    setBounded(this.mailed, key, performance.now());
  }

  private isMailed(key: string): boolean {
    return performance.now() - (this.mailed.get(key) ?? -Infinity) < QUIET_MS;
  }
}

/** Moves an entry to the end, and drops the first where there are too many. */
function setBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KNOWN_GROUPS && oldest !== undefined) map.delete(oldest);
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FindOptionsWhere, IsNull, LessThan, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Outbox } from '../mail/outbox';
import { ErrorGroup, ErrorMailHour } from './error-group.entity';
import { MAILS_PER_HOUR, QUIET_MS, needsClosingMail, hourOf, milestones } from './error-mail-schedule';
import { ErrorMails } from './error-mails';
import { ErrorEvent, routeOf } from '../logging/error-event';

/** Like errors that happened since they were last counted. */
export interface PendingErrors {
  /** The last of them. */
  readonly event: ErrorEvent;
  readonly count: number;
  /** When the first of them happened. */
  readonly since: Date;
  /** The count that a mail has told already, while the database was away; else 0. */
  readonly mailedCount: number;
}

/**
 * Groups of like errors in the database, where all processes count together, and what is mailed about them: the first at once, then the
 * 2nd, 4th, 8th …, and the exact total when it has been quiet. Everything here runs in a unit of work of the caller's.
 */
@Injectable()
export class ErrorGroups {
  constructor(
    @InjectRepository(ErrorGroup) private readonly groups: Repository<ErrorGroup>,
    @InjectRepository(ErrorMailHour) private readonly hours: Repository<ErrorMailHour>,
    private readonly outbox: Outbox,
    private readonly mails: ErrorMails,
  ) {}

  /** Counts a batch and puts the mails that are due into the outbox; returns the group as it is then. */
  async count({ event, count, since, mailedCount }: PendingErrors): Promise<ErrorGroup> {
    const group = await this.open(event, since);
    const before = Math.max(group.count, mailedCount);
    group.count += count;
    group.mailedCount = Math.max(group.mailedCount, mailedCount);
    group.lastSeen = event.at;
    group.lastReference = event.reference;
    group.lastRoute = routeOf(event);
    for (const milestone of milestones(before, group.count)) {
      if (await this.takeQuota(event.at, milestone === 1)) {
        await this.outbox.put(this.mails.event(group, milestone, event), event.at);
        group.mailedCount = milestone;
      } else group.suppressed++;
    }
    await this.groups.save(group);
    return group;
  }

  /** The open groups that have been quiet for ten minutes. */
  async quietKeys(now: Date): Promise<string[]> {
    const groups = await this.groups.find({ where: quietSince(now), select: { key: true } });
    return groups.map(({ key }) => key);
  }

  /** Ends a group that is quiet. It is kept only if it has a part in the next digest. */
  async close(key: string, now: Date): Promise<void> {
    const group = await this.lock({ key, ...quietSince(now) });
    if (!group) return;
    // Of what the cap kept back, the digest tells the total.
    if (group.suppressed === 0 && needsClosingMail(group)) {
      if (await this.takeQuota(now)) await this.outbox.put(this.mails.closing(group), now);
      else group.suppressed++;
    }
    if (group.suppressed > 0)
      await this.groups.update({ key }, { suppressed: group.suppressed, closedAt: now });
    else await this.groups.delete({ key });
  }

  /** Tells in one mail what the cap kept back in the hours before this one. */
  async sendDigest(now: Date): Promise<void> {
    const hour = hourOf(now);
    const isOver = await this.hours.existsBy({ hour, sent: MoreThan(MAILS_PER_HOUR - 1) });
    if (isOver || !(await this.groups.existsBy({ suppressed: MoreThan(0) }))) return;
    const groups = await this.groups.find({ where: { suppressed: MoreThan(0) }, order: { count: 'DESC' } });
    await this.outbox.put(this.mails.digest(groups, hour), now);
    await this.groups.delete({ suppressed: MoreThan(0), closedAt: LessThanOrEqual(now) });
    await this.groups.update({ suppressed: MoreThan(0) }, { suppressed: 0 });
    await this.hours.delete({ hour: LessThan(hour) });
  }

  /** The group of an error, locked; a new one, or one that had been closed, begins at nothing. */
  private async open(event: ErrorEvent, since: Date): Promise<ErrorGroup> {
    const { key, title, reference, at } = event;
    const last = { lastSeen: at, lastReference: reference, lastRoute: routeOf(event) };
    const fresh = { count: 0, mailedCount: 0, firstSeen: since, ...last };
    const row = { key, title, suppressed: 0, closedAt: null, ...fresh };
    // Where another process is opening it at this moment, this waits, and then changes nothing.
    await this.groups.createQueryBuilder().insert().values(row).orIgnore().execute();
    const group = await this.lock({ key });
    if (!group) throw new Error(`The error group ${key} was removed while it was opened`);
    return group.closedAt ? Object.assign(group, fresh, { closedAt: null }) : group;
  }

  /** Takes one of this hour's mails, if any is left; the first about a new kind of error is sent in any case. */
  private async takeQuota(now: Date, isFirst = false): Promise<boolean> {
    const hour = hourOf(now);
    await this.hours.createQueryBuilder().insert().values({ hour, sent: 0 }).orIgnore().execute();
    const below = isFirst ? { hour } : { hour, sent: LessThan(MAILS_PER_HOUR) };
    const { affected } = await this.hours
      .createQueryBuilder()
      .update()
      .set({ sent: () => 'sent + 1' })
      .where(below)
      .execute();
    return affected === 1;
  }

  /** SQLite needs no lock on the row: its transactions take the whole file. */
  private lock(where: FindOptionsWhere<ErrorGroup>): Promise<ErrorGroup | null> {
    const isPostgres = this.groups.manager.dataSource.options.type === 'postgres';
    return this.groups.findOne({
      where,
      ...(isPostgres && { lock: { mode: 'pessimistic_write' as const } }),
    });
  }
}

function quietSince(now: Date): FindOptionsWhere<ErrorGroup> {
  return { closedAt: IsNull(), lastSeen: LessThanOrEqual(new Date(now.getTime() - QUIET_MS)) };
}

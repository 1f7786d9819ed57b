import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { FindOptionsWhere, In, IsNull, LessThan, LessThanOrEqual, Like, Repository } from 'typeorm';
import { Mail } from './mail';
import { OutgoingMail } from './outgoing-mail.entity';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long a process may work on one mail before others take it for dead. Longer than all timeouts of a send together. */
const CLAIM_TTL_MS = 5 * MINUTE_MS;
/** The longest pause between two attempts. */
const MAX_RETRY_PAUSE_MS = 60 * MINUTE_MS;
/** How long a mail is tried: RFC 5321, section 4.5.4.1, asks for at least 4 to 5 days. */
const GIVE_UP_AFTER_MS = 5 * DAY_MS;
/** How long a mail is remembered once it is sent or refused, so that it is not taken in again. */
const KEEP_SENT_MS = DAY_MS;
const MAX_FAILURE_LENGTH = 200;

/** The mails that wait in the database, a row for each recipient. A mail put in within a unit of work is sent only if that is saved. */
@Injectable()
export class Outbox {
  constructor(@InjectRepository(OutgoingMail) private readonly mails: Repository<OutgoingMail>) {}

  /** Takes a mail in; one whose id it knows already changes nothing. */
  async put({ to, messageId, references, ...content }: Mail, createdAt = new Date()): Promise<void> {
    const shared = {
      ...content,
      subject: content.subject.slice(0, 200),
      messageId: messageId ?? `<${randomUUID()}@microblog>`,
      threadId: references ?? '',
      createdAt,
      attempts: 0,
      lastFailure: '',
      nextAttemptAt: createdAt,
    };
    const rows = to.map((recipient) => ({ ...shared, recipient }));
    await this.mails.createQueryBuilder().insert().values(rows).orIgnore().updateEntity(false).execute();
  }

  /** Mails whose time has come and that no process is at, oldest first, a handful at a time. */
  due(now: Date): Promise<OutgoingMail[]> {
    return this.mails.find({ where: freeAt(now), order: { id: 'ASC' }, take: 20 });
  }

  /** Makes this process the one that sends the mail; of several that try, one succeeds. */
  async claim({ id }: OutgoingMail, now: Date): Promise<boolean> {
    const claimedUntil = new Date(now.getTime() + CLAIM_TTL_MS);
    const free = freeAt(now).map((where) => ({ ...where, id }));
    const { affected } = await this.mails
      .createQueryBuilder()
      .update()
      .set({ claimedUntil })
      .where(free)
      .execute();
    return affected === 1;
  }

  async markSent({ id }: OutgoingMail, now: Date): Promise<void> {
    await this.mails.update(id, { sentAt: now, claimedUntil: null });
    await this.forgetOld(now);
  }

  /** The mail never will be sent. */
  async markRefused({ id, attempts }: OutgoingMail, reason: string, now: Date): Promise<void> {
    const lastFailure = reason.slice(0, MAX_FAILURE_LENGTH);
    await this.mails.update(id, { refusedAt: now, attempts: attempts + 1, lastFailure, claimedUntil: null });
    await this.forgetOld(now);
  }

  /** Gives up a claim: any process may send the mail now. */
  async release({ id }: OutgoingMail): Promise<void> {
    await this.mails.update(id, { claimedUntil: null });
  }

  /**
   * Notes why none of the mails that are due could be sent; they stay due.
   *
   * @returns those that were given up, since they have been tried for long enough
   */
  async noteOutage(reason: string, now: Date): Promise<OutgoingMail[]> {
    const lastFailure = reason.slice(0, MAX_FAILURE_LENGTH);
    const tooOld = LessThan(new Date(now.getTime() - GIVE_UP_AFTER_MS));
    const givenUp = await this.mails.find({
      where: freeAt(now).map((where) => ({ ...where, createdAt: tooOld })),
    });
    if (givenUp.length > 0) {
      await this.mails.update({ id: In(givenUp.map(({ id }) => id)) }, { refusedAt: now, lastFailure });
    }
    const set = { attempts: () => 'attempts + 1', lastFailure };
    await this.mails.createQueryBuilder().update().set(set).where(freeAt(now)).execute();
    return givenUp;
  }

  /**
   * Puts a mail off, for a minute at first and twice as long each time, up to an hour.
   *
   * @returns false when it has been tried for long enough
   */
  async postpone({ id, attempts, createdAt }: OutgoingMail, failure: string, now: Date): Promise<boolean> {
    if (now.getTime() - createdAt.getTime() > GIVE_UP_AFTER_MS) return false;
    const pause = Math.min(MINUTE_MS * 2 ** Math.min(attempts, 10), MAX_RETRY_PAUSE_MS);
    const nextAttemptAt = new Date(now.getTime() + pause);
    const lastFailure = failure.slice(0, MAX_FAILURE_LENGTH);
    await this.mails.update(id, { attempts: attempts + 1, lastFailure, nextAttemptAt, claimedUntil: null });
    return true;
  }

  /** The mails that hold a text, one for each recipient. */
  containing(text: string): Promise<OutgoingMail[]> {
    return this.mails.findBy({ text: Like(`%${text}%`) });
  }

  private async forgetOld(now: Date): Promise<void> {
    const long = LessThan(new Date(now.getTime() - KEEP_SENT_MS));
    await this.mails
      .createQueryBuilder()
      .delete()
      .where([{ sentAt: long }, { refusedAt: long }])
      .execute();
  }
}

function freeAt(now: Date): FindOptionsWhere<OutgoingMail>[] {
  const due = { sentAt: IsNull(), refusedAt: IsNull(), nextAttemptAt: LessThanOrEqual(now) };
  return [
    { ...due, claimedUntil: IsNull() },
    { ...due, claimedUntil: LessThan(now) },
  ];
}

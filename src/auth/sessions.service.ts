import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash, randomBytes } from 'node:crypto';
import { LessThan, Not, Repository } from 'typeorm';
import { ReplyCookie } from '../rendering/reply';
import { User } from '../users/user.entity';
import { Session } from './session.entity';

export const SESSION_COOKIE = 'session';

const DAY = 24 * 60 * 60_000;
/** How long a session lasts without a visit, in milliseconds. */
const LIFETIME = { remembered: 30 * DAY, untilBrowserCloses: DAY };

/** Who is signed in where. The token is only in the browser's cookie; the database has its hash. */
@Injectable()
export class SessionsService {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {}

  /** The session of a token with its user, or null when it has ended; any text may be asked for. */
  find(token: string, now: Date): Promise<Session | null> {
    return this.sessions
      .createQueryBuilder('session')
      .innerJoinAndSelect('session.user', 'user')
      .where('session.tokenHash = :hash AND session.expiresAt > :now', { hash: hashOf(token), now })
      .getOne();
  }

  /** Begins a session and returns the cookie that carries it. Sessions that have expired, whosoever, are cleared away. */
  async begin(user: User, remembered: boolean): Promise<ReplyCookie> {
    const now = new Date();
    const token = randomBytes(32).toString('base64url');
    await this.sessions.delete({ expiresAt: LessThan(now) });
    await this.sessions.insert({
      tokenHash: hashOf(token),
      userId: user.id,
      remembered,
      expiresAt: expiry(remembered, now),
    });
    return sessionCookie(token, remembered);
  }

  /** Whether half of the time has gone after which a session ends without a visit. */
  isHalfOver({ remembered, expiresAt }: Session, now: Date): boolean {
    return expiresAt.getTime() <= now.getTime() + lifetime(remembered) / 2;
  }

  /** Puts off the end of a session that is being used. */
  async extend({ tokenHash, remembered }: Session, now: Date): Promise<void> {
    await this.sessions.update({ tokenHash }, { expiresAt: expiry(remembered, now) });
  }

  async end({ tokenHash }: Session): Promise<void> {
    await this.sessions.delete({ tokenHash });
  }

  async endAllOf(user: User, except?: Session): Promise<void> {
    await this.sessions.delete({ userId: user.id, ...(except && { tokenHash: Not(except.tokenHash) }) });
  }
}

/** The cookie of a token; with no token, the one that deletes it. */
export function sessionCookie(token: string | undefined, remembered = false): ReplyCookie {
  return {
    name: SESSION_COOKIE,
    value: token,
    options: remembered ? { maxAge: LIFETIME.remembered } : undefined,
  };
}

function lifetime(remembered: boolean): number {
  return remembered ? LIFETIME.remembered : LIFETIME.untilBrowserCloses;
}

function expiry(remembered: boolean, now: Date): Date {
  return new Date(now.getTime() + lifetime(remembered));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

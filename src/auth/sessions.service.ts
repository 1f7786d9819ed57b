import { ResponseCookie } from '../http/cookies';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash, randomBytes } from 'node:crypto';
import { LessThan, Repository } from 'typeorm';
import { PreparedQuery, UnitOfWork } from '@microblog/unit-of-work';
import { User } from '../users/user.entity';
import { UsersService } from '../users/users.service';
import { Session } from '../users/session.entity';

export const SESSION_COOKIE = 'session';

const DAY_MS = 24 * 60 * 60_000;
/** How long a session lasts without a visit. */
const LIFETIME_MS = { remembered: 30 * DAY_MS, untilBrowserCloses: DAY_MS };

/** Who is signed in where. The token is only in the browser's cookie; the database has its hash. */
@Injectable()
export class SessionsService {
  /** Read for every page of somebody who is signed in. */
  private readonly current: PreparedQuery<Session, 'hash' | 'now'>;

  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.current = new PreparedQuery(sessions, ['hash', 'now'], 'session', (builder) =>
      builder
        .innerJoinAndSelect('session.user', 'user')
        .where('session.tokenHash = :hash AND session.expiresAt > :now'),
    );
  }

  /** The session of a token with its user, or null when it has ended; any text may be asked for. */
  find(token: string, now: Date): Promise<Session | null> {
    return this.current.one({ hash: hashOf(token), now });
  }

  /**
   * Begins a session for somebody whose password has been checked. Hashing takes its time: where the password has been changed
   * meanwhile, the session would outlive the change.
   *
   * @returns the cookie that carries the session, or undefined where the password is another one by now
   */
  async begin(user: User, remembered: boolean): Promise<ResponseCookie | undefined> {
    if (!(await this.users.replacePasswordHash(user, user.passwordHash))) return undefined;
    const now = new Date();
    const token = randomBytes(32).toString('base64url');
    await this.sessions.insert({
      tokenHash: hashOf(token),
      userId: user.id,
      remembered,
      expiresAt: expiry(remembered, now),
    });
    await this.unitOfWork.afterCommit(() => this.sessions.delete({ expiresAt: LessThan(now) }));
    return sessionCookie(token, remembered);
  }

  /** Whether half of the time has gone after which a session ends without a visit. */
  isHalfOver({ remembered, expiresAt }: Session, now: Date): boolean {
    return expiresAt.getTime() <= now.getTime() + lifetime(remembered) / 2;
  }

  /** Extends a session that is in use. */
  async extend({ tokenHash, remembered }: Session, now: Date): Promise<void> {
    await this.sessions.update({ tokenHash }, { expiresAt: expiry(remembered, now) });
  }

  async end({ tokenHash }: Session): Promise<void> {
    await this.sessions.delete({ tokenHash });
  }

  /** Ends all sessions of a person and begins a new one, as {@link begin} does. */
  async beginAfresh(user: User, remembered: boolean): Promise<ResponseCookie | undefined> {
    await this.sessions.delete({ userId: user.id });
    return this.begin(user, remembered);
  }
}

/** The cookie of a token; with no token, the one that deletes it. */
export function sessionCookie(token: string | undefined, remembered = false): ResponseCookie {
  return {
    name: SESSION_COOKIE,
    value: token,
    options: remembered ? { maxAge: LIFETIME_MS.remembered } : undefined,
  };
}

function lifetime(remembered: boolean): number {
  return remembered ? LIFETIME_MS.remembered : LIFETIME_MS.untilBrowserCloses;
}

function expiry(remembered: boolean, now: Date): Date {
  return new Date(now.getTime() + lifetime(remembered));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

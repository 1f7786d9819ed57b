import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { PreparedQuery, violatedUniqueIndex } from '@microblog/unit-of-work';
import { FieldError } from '@microblog/forms';
import { isUsername } from './is-username.decorator';
import { emailKey, usernameKey } from './uniqueness';
import { User } from './user.entity';

export const USERNAME_TAKEN = 'Please use a different username.';
export const EMAIL_TAKEN = 'Please use a different email address.';

/** How exactly "last seen" is kept. */
const LAST_SEEN_PRECISION_MS = 60_000;

export interface NewUser {
  username: string;
  email: string;
  passwordHash: string;
}

@Injectable()
export class UsersService {
  private readonly byUsernameKey: PreparedQuery<User, 'key'>;

  constructor(@InjectRepository(User) private readonly users: Repository<User>) {
    this.byUsernameKey = new PreparedQuery(users, ['key'], 'user', (builder) =>
      builder.where('user.usernameKey = :key'),
    );
  }

  /** The person of that name, whatever its case, or null; any text may be asked for. */
  async findByUsername(username: string): Promise<User | null> {
    return isUsername(username) ? this.byUsernameKey.one({ key: usernameKey(username) }) : null;
  }

  hasEmail(email: string): Promise<boolean> {
    return this.users.existsBy({ emailKey: emailKey(email) });
  }

  /** @throws FieldError when someone has taken the name or the address in the meantime */
  async register({ username, email, passwordHash }: NewUser): Promise<void> {
    const now = new Date();
    await translateUniqueViolation(
      this.users.insert({
        username,
        usernameKey: usernameKey(username),
        email,
        emailKey: emailKey(email),
        passwordHash,
        createdAt: now,
        lastSeen: now,
      }),
    );
  }

  /** @throws FieldError when someone has taken the name in the meantime */
  async editProfile(user: User, profile: Pick<User, 'username' | 'aboutMe'>): Promise<void> {
    await translateUniqueViolation(
      this.users.update(user.id, { ...profile, usernameKey: usernameKey(profile.username) }),
    );
  }

  /**
   * Puts a hash in the place of the one that the user was read with, and of no other: whoever has checked a password with that one is told
   * whether it still holds. From then on nobody else changes it until the unit of work ends.
   *
   * @returns whether it was still the one
   */
  async replacePasswordHash(user: User, passwordHash: string): Promise<boolean> {
    const { affected } = await this.users.update(
      { id: user.id, passwordHash: user.passwordHash },
      { passwordHash },
    );
    if (affected !== 1) return false;
    user.passwordHash = passwordHash;
    return true;
  }

  /** Whether it is known to the minute when the person was last seen. */
  wasSeenRecently({ lastSeen }: User, now: Date): boolean {
    return lastSeen > aMinuteBefore(now);
  }

  /**
   * Keeps when the person was last seen, unless that is known to the minute.
   *
   * @returns whether this call wrote it; of several at once, also in several processes, one does
   */
  async touchLastSeen(user: User, now: Date): Promise<boolean> {
    if (this.wasSeenRecently(user, now)) return false;
    const longAgo = { id: user.id, lastSeen: LessThanOrEqual(aMinuteBefore(now)) };
    const { affected } = await this.users.update(longAgo, { lastSeen: now });
    user.lastSeen = now;
    return affected === 1;
  }
}

function aMinuteBefore(now: Date): Date {
  return new Date(now.getTime() - LAST_SEEN_PRECISION_MS);
}

/** The unique index has the last word. Its refusal is shown like one of the form's own check. */
async function translateUniqueViolation<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    switch (violatedUniqueIndex(error)) {
      case 'users_username_key':
        throw new FieldError<NewUser>('username', USERNAME_TAKEN);
      case 'users_email_key':
        throw new FieldError<NewUser>('email', EMAIL_TAKEN);
      default:
        throw error;
    }
  }
}

import { type Algorithm, type Options, hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@microblog/unit-of-work';
import { User } from '../users/user.entity';
import { UsersService } from '../users/users.service';
import { HashQueue } from './hash-queue';
import { hashedForms, normalizePassword } from './password-text';

/** The package declares its enum as constant, so that there is no object to read the number from. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const ARGON2ID: Algorithm.Argon2id = 2;

/** argon2id with 19 MiB, 2 passes, 1 lane: the first choice of the OWASP Password Storage Cheat Sheet. */
const OWASP: Options = {
  algorithm: ARGON2ID,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Makes and checks password hashes. One takes some 20 ms of a core and never happens inside a transaction; where too many are asked for, the queue throws `OverloadedError`. */
@Injectable()
export class PasswordsService {
  /** Compared with for names that nobody has, so that the answer takes as long as for the others. */
  private readonly nobodysHash = hash('', OWASP);

  constructor(
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: HashQueue,
  ) {}

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(normalizePassword(password), OWASP));
  }

  async matches({ passwordHash }: User, password: string): Promise<boolean> {
    return (await this.hashedForm(passwordHash, password)) !== undefined;
  }

  /** The person with that name and password, or null; read outside of the unit of work, since checking takes its time. */
  authenticate(username: string, password: string): Promise<User | null> {
    return this.unitOfWork.outside(async () => {
      const user = await this.users.findByUsername(username);
      const form = await this.hashedForm(user?.passwordHash ?? (await this.nobodysHash), password);
      if (!user || form === undefined) return null;
      const isNormalized = form === normalizePassword(form);
      if (!isNormalized) await this.users.replacePasswordHash(user, await this.hash(password));
      return user;
    });
  }

  /** What the password was hashed as, or undefined where it was not. */
  private async hashedForm(passwordHash: string, password: string): Promise<string | undefined> {
    for (const form of hashedForms(password)) {
      if (await this.queue.run(() => verify(passwordHash, form))) return form;
    }
    return undefined;
  }
}

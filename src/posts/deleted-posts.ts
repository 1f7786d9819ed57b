import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, Not, Repository } from 'typeorm';
import { UnitOfWork } from '@microblog/unit-of-work';
import { Post } from './post.entity';

const MINUTE_MS = 60_000;
/** How long deleting a post can be undone. */
export const UNDO_MS = 5 * MINUTE_MS;
/** How long a deleted post is remembered as deleted: as long as a session lasts, in which an old page may still be open. */
const TRACE_MS = 30 * 24 * 60 * MINUTE_MS;
const INTERVAL_MS = MINUTE_MS;
/** How many at a time: each statement holds the write lock of SQLite. */
const BATCH_ROWS = 500;

/**
 * Clears the text of deleted posts once they can no longer be restored, and removes the rows later. What is due is read from the database,
 * so a restart forgets nothing; every process runs this, and doing it twice is harmless.
 */
@Injectable()
export class DeletedPosts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeletedPosts.name);
  private timer?: NodeJS.Timeout;
  private currentRun?: Promise<void>;

  constructor(
    @InjectRepository(Post) private readonly posts: Repository<Post>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.currentRun;
  }

  /** Never rejects. */
  async purge(): Promise<void> {
    this.currentRun ??= this.unitOfWork
      .outside(() => this.purgeAll(Date.now()))
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => (this.currentRun = undefined));
    await this.currentRun;
  }

  private async purgeAll(now: number): Promise<void> {
    const [undoable, traceable] = [UNDO_MS, TRACE_MS].map((age) => LessThanOrEqual(new Date(now - age)));
    const empty = (ids: number[]) => this.posts.update({ id: In(ids), deletedAt: undoable }, { body: '' });
    await this.inBatches({ deletedAt: undoable, body: Not('') }, empty);
    await this.inBatches({ deletedAt: traceable }, (ids) => this.posts.delete(ids));
  }

  private async inBatches(
    where: Parameters<Repository<Post>['findBy']>[0],
    work: (ids: number[]) => Promise<unknown>,
  ): Promise<void> {
    for (;;) {
      const found = await this.posts.find({
        where,
        select: { id: true },
        withDeleted: true,
        take: BATCH_ROWS,
      });
      if (found.length === 0) return;
      await work(found.map(({ id }) => id));
    }
  }
}

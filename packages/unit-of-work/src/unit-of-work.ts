import { Injectable, Logger } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DataSource, EntityManager } from 'typeorm';
import { LazyTransaction } from './lazy-transaction';

interface Unit {
  transaction: LazyTransaction;
  afterCommit: (() => unknown)[];
}

export interface UnitOptions<T> {
  /** Whether a result is worth saving the work for; always, unless given. */
  readonly keep?: (result: T) => boolean;
  /** Told when it is certain that nothing of the work was saved. */
  readonly onRollback?: () => void;
}

/**
 * What is saved together or not at all. Repositories find the unit of work they are called in by themselves; nobody
 * passes managers about. Its transaction begins with the first statement, not with the unit.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  private readonly current = new AsyncLocalStorage<Unit | undefined>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs the work and commits it; rolls back when it throws or when its result is not to be kept. Inside another unit
   * the work becomes part of that one.
   *
   * @returns what the work returned, once that is saved
   * @throws what the work or the commit threw; nothing is saved then
   */
  async run<T>(work: () => Promise<T>, options: UnitOptions<T> = {}): Promise<T> {
    if (this.current.getStore()) return work();
    const unit: Unit = { transaction: new LazyTransaction(this.dataSource), afterCommit: [] };
    try {
      return await this.current.run(unit, () => this.settle(unit, work, options));
    } finally {
      if (unit.transaction.isRolledBack) options.onRollback?.();
    }
  }

  /** Runs what must not be part of the current unit of work: it reads what is committed, and what it writes stays. */
  outside<T>(work: () => T): T {
    return this.current.run(undefined, work);
  }

  /** Leaves something to do until the unit of work is saved, such as a mail; never done when it is not. */
  async afterCommit(task: () => unknown): Promise<void> {
    const unit = this.current.getStore();
    if (unit) unit.afterCommit.push(task);
    else await task();
  }

  /** The manager of the current unit of work, else one outside all transactions. */
  get manager(): EntityManager {
    return this.current.getStore()?.transaction.manager ?? this.dataSource.manager;
  }

  private async settle<T>(
    { transaction, afterCommit }: Unit,
    work: () => Promise<T>,
    { keep = () => true }: UnitOptions<T>,
  ): Promise<T> {
    let result: T;
    try {
      result = await work();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    if (keep(result)) {
      await transaction.commit();
      await this.outside(() => this.runAll(afterCommit));
    } else await transaction.rollback();
    return result;
  }

  private async runAll(tasks: (() => unknown)[]): Promise<void> {
    for (const task of tasks) {
      try {
        await task();
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}

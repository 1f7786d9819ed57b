import { ErrorGroup } from './error-group.entity';

const MINUTE_MS = 60_000;
/** How long like errors must have been away for their group to be closed. */
export const QUIET_MS = 10 * MINUTE_MS;
/** Error mails an hour for all groups and processes together, not counting the first of each group; the rest go into one digest. */
export const MAILS_PER_HOUR = 30;

/** The counts at which a group is mailed that a rise from `before` to `after` passes: 1, 2, 4, 8 … */
export function milestones(before: number, after: number): number[] {
  const passed: number[] = [];
  for (let milestone = 1; milestone <= after; milestone *= 2) {
    if (milestone > before) passed.push(milestone);
  }
  return passed;
}

/** Hours since 1970. */
export function hourOf(time: Date): number {
  return Math.floor(time.getTime() / (60 * MINUTE_MS));
}

/** Whether the group ends with a mail: one that tells the exact total, unless the last one has told it. */
export function needsClosingMail({ count, mailedCount }: ErrorGroup): boolean {
  return count > mailedCount;
}

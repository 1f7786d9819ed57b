import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether both are the same, in a time that tells neither where they differ nor how long they are. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash(one), hash(other));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

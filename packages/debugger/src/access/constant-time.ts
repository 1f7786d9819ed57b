import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that reveals neither where the two differ nor how long they are. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash(one), hash(other));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

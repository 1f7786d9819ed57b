import { randomInt } from 'node:crypto';

/** Digits and capitals that nobody mistakes for one another on paper or on the telephone: no 0 O, 1 I L, U V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const REFERENCE = new RegExp(`^[${ALPHABET}]{4}-[${ALPHABET}]{4}$`);

/** A new code such as `K7Q2-9MXD` that a visitor reads out to an admin, who finds the error by it. One in 5 · 10¹¹. */
export function newReference(): string {
  return `${group()}-${group()}`;
}

/** Whether the text is a code exactly as {@link newReference} writes it. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

function group(): string {
  return Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

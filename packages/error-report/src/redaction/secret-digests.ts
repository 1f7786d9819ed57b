import { createHash } from 'node:crypto';
import { Span } from './mask';

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'];
/** A shorter part of a digest is not taken for one; of a longer one the beginning tells which it is. */
const SHORTEST_HEX = 16;
/** Of more secrets no digest is made: whatever looks like one is then taken for one of theirs. */
const MOST_SECRETS = 500;

/** Longer ones are hidden whatever they are made of. */
const HEX_DIGEST = /(?<![\da-f])(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{16,63}(?![\da-f])/gi;
/** Of 16, 20, 32 and 64 bytes. */
const BASE64_DIGEST =
  /(?<![\w+/-])(?=[a-z+/\d_-]*[A-Z])(?:[\w+/-]{22}|[\w+/-]{27}|[\w+/-]{43}|[\w+/-]{86})={0,2}(?![\w+/=-])/g;

/** Knows the digests of secrets, whole or cut, in hexadecimal digits or base64. */
export class SecretDigests {
  private beginnings?: Set<string>;

  constructor(private readonly secrets: ReadonlySet<string>) {}

  *find(text: string): Generator<Span> {
    for (const { 0: hex, index } of text.matchAll(HEX_DIGEST)) {
      if (this.isKnown(hex.toLowerCase())) yield [index, index + hex.length];
    }
    for (const { 0: base64, index } of text.matchAll(BASE64_DIGEST)) {
      if (this.isKnown(Buffer.from(base64, 'base64').toString('hex'))) yield [index, index + base64.length];
    }
  }

  private isKnown(hex: string): boolean {
    if (this.secrets.size > MOST_SECRETS) return true;
    // Made when they are needed: on most lines there is nothing that looks like a digest.
    this.beginnings ??= new Set([...this.secrets].flatMap(beginningsOf));
    return this.beginnings.has(hex.slice(0, SHORTEST_HEX));
  }
}

/** Of the digests of a secret, and of what is commonly made of it before. */
function beginningsOf(secret: string): string[] {
  const lower = secret.toLowerCase();
  const texts = new Set([
    secret,
    lower,
    secret.toUpperCase(),
    secret.normalize('NFC'),
    lower.normalize('NFC'),
  ]);
  return [...texts].flatMap((text) =>
    ALGORITHMS.map((algorithm) => createHash(algorithm).update(text).digest('hex').slice(0, SHORTEST_HEX)),
  );
}

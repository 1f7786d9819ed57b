import { randomInt } from 'node:crypto';

/** A secret that is found again by its letters, whatever it was encoded in. */
export class Canary {
  private readonly letters = Array.from({ length: 15 }, () => String.fromCharCode(randomInt(97, 123))).join(
    '',
  );
  readonly text = `canary ${this.letters} /+é&="?`;
  readonly uri = encodeURIComponent(this.text);
  readonly percents = percents(this.text);
  readonly base64 = Buffer.from(this.text).toString('base64');
  readonly base64url = Buffer.from(this.text).toString('base64url');
  readonly forms = [this.text, this.uri, this.base64, this.base64url].join(' ');

  /** Letters stay as they are in HTML, JSON and URLs, save where all is in percents; base64 writes them in three ways. */
  isIn(text: string): boolean {
    const forms = [this.letters, percents(this.letters), ...[0, 1, 2].map((offset) => this.inBase64(offset))];
    return forms.some((form) => text.includes(form));
  }

  private inBase64(offset: number): string {
    const base64 = Buffer.from('x'.repeat(offset) + this.letters).toString('base64');
    return base64.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + this.letters.length) * 4) / 3));
  }
}

function percents(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '%$&');
}

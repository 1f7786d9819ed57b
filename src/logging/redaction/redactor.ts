import { CUT_NOTE, cutText } from '../thrown';
import { HIDDEN, hide } from './hiding';
import { UNREADABLE, readEntries, textOf } from './reading';
import { isSecretName } from './secret-names';
import { findSecrets } from './secret-patterns';
import { SecretValues } from './secret-values';

const COPIED = { nodes: 5_000, depth: 10, entries: 100, text: 10_000 };

/**
 * Hides secrets in what is logged, mailed or shown. It remembers what it has seen under a secret name, so that each
 * request or error needs one of its own: first `collect` all that the request brought, then redact.
 */
export class Redactor {
  private readonly secrets = new SecretValues();

  /** @param knownSecrets are hidden from the beginning, such as those of the environment */
  constructor(knownSecrets: Iterable<string>) {
    for (const secret of knownSecrets) this.secrets.remember(secret);
  }

  /** Remembers what stands under secret names in headers, cookies, a query, a body and the like, however nested. */
  collect(source: unknown): void {
    this.secrets.collect(source);
  }

  /** Remembers a part of a URL that is a secret once it is decoded: any character may be percent-encoded, or not. */
  collectSpelling(part: string): void {
    this.secrets.collectSpelling(part);
  }

  /**
   * A copy that `JSON.stringify` takes: `[hidden]` under secret names and for remembered values, every text redacted,
   * what is too deep, too wide or too long left out. Getters are run; `[unreadable]` stands for what throws.
   */
  redactObject(value: unknown): unknown {
    return this.copy(value, { nodes: 0, ancestors: [] });
  }

  /** The text without what is remembered, in whichever encoding, and without what is a secret by its shape or name. */
  redactText(text: string): string {
    const [note = ''] = CUT_NOTE.exec(text.slice(-60)) ?? [];
    const rest = text.slice(0, text.length - note.length);
    // All of them look at the original: what one hides could be what another knows its secret by.
    const spans = [...this.secrets.findIn(rest, note !== ''), ...findSecrets(rest)];
    return hide(rest, spans) + note;
  }

  private copy(value: unknown, state: { nodes: number; ancestors: object[] }): unknown {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.copyText(value);
    if (typeof value === 'number' || typeof value === 'bigint') return this.copyNumber(value);
    if (typeof value !== 'object') return `[${typeof value}]`;
    if (state.ancestors.includes(value)) return '[cyclic]';
    if (state.ancestors.length >= COPIED.depth || ++state.nodes > COPIED.nodes) return '[…]';
    const text = textOf(value);
    if (text !== undefined) return this.copyText(text);
    const read = readEntries(value, COPIED.entries);
    if (!read) return UNREADABLE;
    const { entries, more, isList } = read;
    if (more > 0) entries.push(['…', `[${more} more]`]);
    state.ancestors.push(value);
    const copies = entries.map(([key, inner]) => [
      this.redactText(cutText(key, 200)),
      isSecretName(key) ? HIDDEN : this.copy(inner, state),
    ]);
    state.ancestors.pop();
    return isList ? copies.map(([, copy]) => copy) : (Object.fromEntries(copies) as unknown);
  }

  private copyText(text: string): string {
    return this.secrets.has(text) ? HIDDEN : this.redactText(cutText(text, COPIED.text));
  }

  private copyNumber(value: number | bigint): number | string {
    const text = String(value);
    if (this.secrets.has(text)) return HIDDEN;
    return Number.isFinite(value) ? (value as number) : text;
  }
}

import { CUT_NOTE, cutText } from '../cut-text';
import { unescaped } from './decoding';
import { HIDDEN, Span, hide } from './mask';
import { UNREADABLE, readEntries, textOf } from './safe-read';
import { isSecretName, isSecretParameter } from './secret-names';
import { findSecrets } from './secret-patterns';
import { SecretValues } from './secret-values';
import { unmapped } from './text-mapping';
import { BudgetSpentError, ComparisonBudget } from './value-matcher';

const LAST_WORD_LENGTH = 128;
const COPIED = { nodes: 5_000, depth: 10, entries: 100, text: 10_000 };

interface CopyState {
  nodes: number;
  readonly ancestors: object[];
  readonly isSecret: (name: string) => boolean;
}

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

  /**
   * A copy that `JSON.stringify` takes: `[hidden]` under secret names and for remembered values, every text redacted,
   * what is too deep, too wide or too long left out. Getters are run; `[unreadable]` stands for what throws.
   */
  redactObject(value: unknown): unknown {
    return this.copy(value, { nodes: 0, ancestors: [], isSecret: isSecretName });
  }

  /** The same for the fields or parameters of a request, some of which are secrets under names that are not elsewhere. */
  redactParameters(value: unknown): unknown {
    return this.copy(value, { nodes: 0, ancestors: [], isSecret: isSecretParameter });
  }

  /** The text without what is remembered, in whichever encoding, and without what is a secret by its shape or name. */
  redactText(text: string): string {
    const [note = ''] = CUT_NOTE.exec(text.slice(-60)) ?? [];
    const rest = text.slice(0, text.length - note.length);
    return (this.secrets.isIncomplete ? HIDDEN : this.redactWhole(rest, note !== '')) + note;
  }

  /** All that look for secrets look at the original: what one hides could be what another knows its secret by. */
  private redactWhole(text: string, isCut: boolean): string {
    const spans: Span[] = isCut ? [lastWord(text)] : [];
    const budget = new ComparisonBudget();
    try {
      for (const decoded of unescaped(unmapped(text))) {
        spans.push(...this.secrets.findIn(decoded, isCut, budget));
        for (const span of findSecrets(decoded.text)) spans.push(decoded.locate(span));
      }
    } catch (error) {
      if (error instanceof BudgetSpentError) return HIDDEN;
      throw error;
    }
    return hide(text, spans);
  }

  private copy(value: unknown, state: CopyState): unknown {
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
      state.isSecret(key) ? HIDDEN : this.copy(inner, state),
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

/** The word that a cut went through. Half of a secret would no longer be recognised by its shape. */
function lastWord(text: string): Span {
  const tail = text.slice(-LAST_WORD_LENGTH);
  return [text.length - (/\S*$/.exec(tail)?.[0].length ?? 0), text.length];
}

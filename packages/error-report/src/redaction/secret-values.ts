import { decode, decodeBase64, decodedBytes, unescaped } from './decoding';
import { fold, foldBytes, foldMapped } from './folding';
import { Span } from './mask';
import { readEntries } from './safe-read';
import { SecretDigests } from './secret-digests';
import { isSecretParameter, isWeakName } from './secret-names';
import { MappedText } from './text-mapping';
import { ComparisonBudget, SHORTEST, ValueMatcher } from './value-matcher';

/** How many entries are looked at; more than fit into a body of a request. */
const MOST_ENTRIES = 200_000;
/** What came under a name that seldom is that of a secret is looked for in other text only when it is not just a word. */
const SHORTEST_WEAK = 8;

/** The values of flags, and what stands for nothing: they give nothing away and turn up everywhere. */
const NO_VALUES = new Set(['true', 'false', 'null', 'undefined', 'none']);

/** The secrets that were seen, and where a text has them. */
export class SecretValues {
  /** Whether there was more than could be looked at. */
  isIncomplete = false;
  private readonly values = new Set<string>();
  /** Folded. */
  private readonly shortValues = new Set<string>();
  private matcher?: ValueMatcher;
  private digests?: SecretDigests;
  private entriesLeft = MOST_ENTRIES;

  /** Remembers what stands under secret names in headers, cookies, a query, a body and the like, however nested. */
  collect(source: unknown): void {
    const seen = new Set<unknown>();
    const found: { value: unknown; name: string }[] = [];
    const add = (value: unknown, name: string) => {
      if (typeof value !== 'object' || value === null) this.collectScalar(value, name);
      else if (!seen.has(value)) {
        seen.add(value);
        found.push({ value, name });
      }
    };
    add(source, '');
    for (const { value, name } of found) {
      const read = readEntries(value as object, this.entriesLeft);
      this.isIncomplete ||= (read?.more ?? 0) > 0;
      this.entriesLeft -= read?.entries.length ?? 0;
      for (const [key, inner] of read?.entries ?? []) {
        add(inner, !read?.isList && isSecretParameter(key) ? key : name);
      }
    }
  }

  /** Remembers a secret, unless it says nothing. */
  remember(text: string, shortest = SHORTEST): void {
    const trimmed = text.trim();
    if (!trimmed || NO_VALUES.has(trimmed)) return;
    if (trimmed.length < shortest) {
      this.shortValues.add(fold(trimmed));
    } else if (!this.values.has(text)) {
      this.values.add(text).add(trimmed);
      this.matcher = undefined;
      this.digests = undefined;
    }
  }

  /** Whether the whole text is a secret; one of any length. */
  has(text: string): boolean {
    return this.values.has(text) || this.shortValues.has(fold(text.trim()));
  }

  /**
   * Where the text has a secret, in whichever spelling and encoding, or its digest; short ones are not looked for.
   *
   * @param isCut whether the text goes on where nobody sees it, so that its end may be the beginning of a value
   * @throws BudgetSpentError
   */
  *findIn(text: MappedText, isCut: boolean, budget: ComparisonBudget): Generator<Span> {
    if (this.values.size === 0) return;
    this.digests ??= new SecretDigests(this.values);
    for (const span of this.digests.find(text.text)) yield text.locate(span);
    this.matcher ??= new ValueMatcher(this.values);
    const folded = foldMapped(text);
    for (const span of this.matcher.find(folded.text, isCut, budget)) yield folded.locate(span);
    for (const bytes of decodedBytes(text)) {
      const isLast = isCut && bytes.end === text.text.length;
      for (const decoded of unescaped(bytes)) {
        const folded = foldBytes(decoded.text);
        if (!this.matcher.mayBeIn(folded)) continue;
        for (const span of this.matcher.find(folded, isLast, budget)) yield decoded.locate(span);
      }
    }
  }

  private collectScalar(value: unknown, name: string): void {
    if (typeof value === 'string' && !name) this.collectFromText(value, 3);
    if (!name || !(typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'))
      return;
    const text = String(value);
    const shortest = isWeakName(name) ? SHORTEST_WEAK : SHORTEST;
    this.rememberDecoded(text, shortest);
    for (const part of cookiesOf(text, name)) this.rememberDecoded(part, shortest);
    this.rememberCredentials(text);
    this.collectJson(text, name);
  }

  /** Looks into JSON, query strings and URLs, also where one stands within another. */
  private collectFromText(text: string, depth: number): void {
    this.collectJson(text, '');
    for (const [, encodedName = '', value = ''] of text.matchAll(
      /(?<=^|[?&;#\s])([^=?&;#\s]{1,200})=([^&;#\s]*)/g,
    )) {
      const name = decode(encodedName);
      if (isSecretParameter(name)) this.rememberDecoded(value, isWeakName(name) ? SHORTEST_WEAK : SHORTEST);
      else if (depth > 0 && /[=:]|%3[AD]/i.test(value)) this.collectFromText(decode(value), depth - 1);
    }
  }

  private collectJson(text: string, name: string): void {
    if (!/^\s*[[{"]/.test(text)) return;
    try {
      // JSON within JSON is shorter than what it stands in, so this comes to an end.
      this.collect({ [name]: JSON.parse(text) as unknown });
    } catch {
      // It only looked like JSON.
    }
  }

  private rememberCredentials(text: string): void {
    const [, scheme, credentials] =
      /^(Basic|Bearer|Token|Digest|Negotiate|ApiKey) +(\S.*)$/i.exec(text) ?? [];
    if (!scheme || !credentials) return;
    this.rememberDecoded(credentials);
    if (scheme.toLowerCase() !== 'basic') return;
    const login = Buffer.from(credentials, 'base64').toString();
    this.remember(login);
    this.remember(login.slice(login.indexOf(':') + 1));
  }

  private rememberDecoded(text: string, shortest?: number): void {
    const decoded = decode(text, false);
    // As Express signs cookies.
    const signed = decoded.startsWith('s:') ? decoded.slice(2, decoded.lastIndexOf('.')) : '';
    for (const value of new Set([text, decoded, decode(text), signed, decodeBase64(decoded)])) {
      this.remember(value, shortest);
    }
  }
}

/** The values of a `Cookie` header; of `Set-Cookie` only the first pair, as the others are attributes. */
function cookiesOf(text: string, name: string): string[] {
  if (!/cookie/i.test(name)) return [];
  const pairs = /set-?cookie/i.test(name) ? [text.split(';', 1)[0] ?? ''] : text.split(';');
  return pairs.filter((pair) => pair.includes('=')).map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
}

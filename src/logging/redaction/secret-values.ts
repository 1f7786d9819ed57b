import { Span } from './hiding';
import { readEntries } from './reading';
import { isSecretName } from './secret-names';
import { SHORTEST, ValueMatcher } from './value-matcher';
import { decode, decodeBase64 } from './written-forms';

/** How much is remembered: well above what an honest request brings, since every line that is logged is searched for it. */
const REMEMBERED = { values: 200, characters: 500_000 };
const COLLECTED = { nodes: 20_000, depth: 50 };

/** The values of flags, and what stands for nothing: they give nothing away and turn up everywhere. */
const NO_VALUES = new Set(['true', 'false', 'null', 'undefined', 'none']);

/** The secrets that were seen, and where a text has them. */
export class SecretValues {
  private readonly values = new Set<string>();
  private readonly shortValues = new Set<string>();
  private characters = 0;
  private matcher?: ValueMatcher;

  /** Remembers what stands under secret names in headers, cookies, a query, a body and the like, however nested. */
  collect(source: unknown): void {
    const seen = new Set<unknown>();
    // Breadth first, so that of something vast only what lies deepest is missed.
    const found: { value: unknown; name: string; depth: number }[] = [{ value: source, name: '', depth: 0 }];
    for (const { value, name, depth } of found) {
      if (typeof value !== 'object' || value === null) this.collectScalar(value, name);
      else if (!seen.has(value) && depth < COLLECTED.depth) {
        seen.add(value);
        for (const [key, inner] of readEntries(value, COLLECTED.nodes - found.length)?.entries ?? []) {
          found.push({ value: inner, name: isSecretName(key) ? key : name, depth: depth + 1 });
        }
      }
    }
  }

  /** Remembers a part of a URL that is a secret once it is decoded: any character may be percent-encoded, or not. */
  collectSpelling(part: string): void {
    if (this.values.has(decode(part)) || this.values.has(decode(part, false))) this.remember(part);
  }

  /** Remembers a secret, unless it says nothing or there are too many. */
  remember(text: string): void {
    const trimmed = text.trim();
    const values = trimmed.length < SHORTEST ? this.shortValues : this.values;
    for (const value of [text, trimmed]) {
      if (!trimmed || NO_VALUES.has(trimmed) || values.has(value)) continue;
      this.characters += value.length;
      if (values.size >= REMEMBERED.values || this.characters > REMEMBERED.characters) return;
      values.add(value);
      this.matcher = undefined;
    }
  }

  /** Whether the whole text is a secret; one of any length. */
  has(text: string): boolean {
    return this.shortValues.has(text) || this.values.has(text);
  }

  /** Where the text has a secret, in whichever encoding; short ones are not looked for. */
  findIn(text: string, isCut: boolean): Iterable<Span> {
    this.matcher ??= new ValueMatcher(this.values);
    return this.matcher.find(text, isCut);
  }

  private collectScalar(value: unknown, name: string): void {
    if (typeof value === 'string' && !name) this.collectFromText(value, 3);
    if (!name || !(typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'))
      return;
    const text = String(value);
    this.rememberDecoded(text);
    for (const part of cookiesOf(text, name)) this.rememberDecoded(part);
    this.rememberCredentials(text);
    this.collectJson(text, name);
  }

  /** Looks into JSON, query strings and URLs, also where one stands within another. */
  private collectFromText(text: string, depth: number): void {
    this.collectJson(text, '');
    for (const [, name = '', value = ''] of text.matchAll(
      /(?<=^|[?&;#\s])([^=?&;#\s]{1,200})=([^&;#\s]*)/g,
    )) {
      if (isSecretName(decode(name))) this.rememberDecoded(value);
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

  private rememberDecoded(text: string): void {
    const decoded = decode(text, false);
    const [, signed = ''] = /^s:(.+)\.[^.]+$/s.exec(decoded) ?? [];
    for (const value of [text, decoded, decode(text), signed, decodeBase64(decoded)]) this.remember(value);
  }
}

/** The values of a `Cookie` header; of `Set-Cookie` only the first pair, as the others are attributes. */
function cookiesOf(text: string, name: string): string[] {
  if (!/cookie/i.test(name)) return [];
  const pairs = /set-?cookie/i.test(name) ? [text.split(';', 1)[0] ?? ''] : text.split(';');
  return pairs.filter((pair) => pair.includes('=')).map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
}

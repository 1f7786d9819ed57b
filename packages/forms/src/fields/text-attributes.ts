/** Browsers count `maxlength` in UTF-16, in which one character may be two; a server that counts characters takes up to: */
export function longestInBrowser(characters: number): number {
  return 2 * characters;
}

/** Where a regular expression has to match on the server. */
export type Matcher = 'match' | 'search' | 'fullmatch';

const ANYTHING = '[\\s\\S]*';

/**
 * A `pattern` that refuses nothing of what a regular expression accepts: browsers ask for the whole text, before blanks are
 * cut off around it. Undefined where that cannot be said.
 *
 * @param isTrimmed whether the server cuts off blanks around the text
 */
export function patternInBrowser(source: string, matcher: Matcher, isTrimmed: boolean): string | undefined {
  if (matcher === 'fullmatch' && !isTrimmed) return source;
  const hasStart = source.startsWith('^');
  const hasEnd = /[^\\](?:\\\\)*\$$/.test(` ${source}`);
  const core = source.slice(hasStart ? 1 : 0, hasEnd ? -1 : undefined);
  // A look around would see the blanks.
  const looksAround = /\(\?<?!|\\B/.test(core);
  if (!isGroupable(core) || (isTrimmed && looksAround)) return undefined;
  const before = hasStart || matcher !== 'search' ? '' : ANYTHING;
  const after = hasEnd || matcher === 'fullmatch' ? '' : ANYTHING;
  if (!isTrimmed && before === after && after === '') return source;
  const whole = `${before}(?:${core})${after}`;
  return isTrimmed ? `\\s*${whole}\\s*` : whole;
}

/** Whether an expression means the same inside of a group: it has no anchor, and no alternative but in groups of its own. */
export function isGroupable(source: string): boolean {
  const bare = source.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '');
  let depth = 0;
  for (const character of bare) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if ('^$'.includes(character) || (character === '|' && depth === 0)) return false;
  }
  return true;
}

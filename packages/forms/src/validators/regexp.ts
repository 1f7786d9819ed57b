import { ValidationOptions } from 'class-validator';
import { Flags } from '../fields/flags';
import { Matcher } from '../fields/text-attributes';
import { createValidator } from './validator';

export type HtmlPattern = boolean | string;

export interface RegexpOptions extends ValidationOptions {
  /** Where the text must match: from its start (as is usual), anywhere, or as a whole. */
  readonly matcher?: Matcher;
  /**
   * The HTML attribute `pattern`: true for one that accepts what the check accepts, a text for one of its own, which then
   * must not refuse what the check accepts; or a function that decides. None unless asked for.
   */
  readonly htmlPattern?: HtmlPattern | ((regex: RegExp) => HtmlPattern);
}

/**
 * The text matches a regular expression; no text is an empty one. With `htmlPattern: true` it is read in the mode of a
 * browser's patterns, `v`, and a message given as text becomes the hint that browsers show.
 *
 * @throws SyntaxError for an expression that browsers would not understand as a pattern, though it shall be one
 * @throws TypeError for one with flags, of which a pattern knows none
 */
export function Regexp(
  regex: RegExp,
  { matcher = 'match', htmlPattern = false, ...options }: RegexpOptions = {},
): PropertyDecorator {
  const asked = typeof htmlPattern === 'function' ? htmlPattern(regex) : htmlPattern;
  const pattern = asked === true ? regex.source : asked || undefined;
  const test = tester(asked === true ? inPatternMode(regex) : regex, matcher);
  return createValidator(
    {
      name: 'regexp',
      constraints: [regex],
      validate: (value) =>
        value === undefined || value === null ? test('') : typeof value === 'string' && test(value),
      defaultMessage: () => 'Invalid input.',
      // A text of its own is a pattern already, which browsers match with the whole.
      flags:
        pattern === undefined
          ? {}
          : patternFlags(pattern, asked === true ? matcher : 'fullmatch', options.message),
    },
    options,
  );
}

/** A copy each, so that nothing is remembered in `lastIndex` from one text to the next. */
function tester(regex: RegExp, matcher: Matcher): (text: string) => boolean {
  const flags = regex.flags.replace(/[gy]/g, '');
  const source = matcher === 'fullmatch' ? `(?:${regex.source})(?![\\s\\S])` : regex.source;
  const copy = new RegExp(source, matcher === 'search' ? flags : `${flags}y`);
  return (text) => {
    copy.lastIndex = 0;
    return copy.test(text);
  };
}

function inPatternMode(regex: RegExp): RegExp {
  if (/[ims]/.test(regex.flags))
    throw new TypeError(`Regexp: an HTML pattern cannot have the flags of ${String(regex)}`);
  return new RegExp(regex.source, 'v');
}

function patternFlags(pattern: string, matcher: Matcher, message: ValidationOptions['message']): Flags {
  return {
    pattern,
    ...(matcher !== 'match' && { matcher }),
    ...(typeof message === 'string' && { title: message }),
  };
}

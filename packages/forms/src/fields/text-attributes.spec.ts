import { PasswordField, Regexp, StringField, fillForm } from '..';
import { errorsOf, oneField } from '../../test/form-check';
import { Matcher, longestInBrowser, patternInBrowser } from './text-attributes';

describe('maxlength', () => {
  it('leaves room for characters that are two in UTF-16', () => {
    expect(longestInBrowser(4)).toBe('👍'.repeat(4).length);
  });
});

describe('patternInBrowser', () => {
  it.each<[string, Matcher, string, string]>([
    ['[a-z]+$', 'match', '[a-z]+$', '\\s*(?:[a-z]+)\\s*'],
    ['^[a-z]+$', 'match', '^[a-z]+$', '\\s*(?:[a-z]+)\\s*'],
    ['[a-z]+', 'match', '(?:[a-z]+)[\\s\\S]*', '\\s*(?:[a-z]+)[\\s\\S]*\\s*'],
    ['[a-z]+', 'fullmatch', '[a-z]+', '\\s*(?:[a-z]+)\\s*'],
    ['^[a-z]+', 'search', '(?:[a-z]+)[\\s\\S]*', '\\s*(?:[a-z]+)[\\s\\S]*\\s*'],
    ['a\\$', 'match', '(?:a\\$)[\\s\\S]*', '\\s*(?:a\\$)[\\s\\S]*\\s*'],
    ['a\\\\$', 'match', 'a\\\\$', '\\s*(?:a\\\\)\\s*'],
    ['[^a]', 'match', '(?:[^a])[\\s\\S]*', '\\s*(?:[^a])[\\s\\S]*\\s*'],
    ['(a|b)$', 'match', '(a|b)$', '\\s*(?:(a|b))\\s*'],
  ])('of %s as a %s is %s, and where blanks are cut off %s', (source, matcher, exact, trimmed) => {
    expect(patternInBrowser(source, matcher, false)).toBe(exact);
    expect(patternInBrowser(source, matcher, true)).toBe(trimmed);
  });

  it.each(['a|b', '^a|b$', 'a$|b', 'a^b'])(
    'of %s is none, for in a group it would mean another',
    (source) => {
      for (const isTrimmed of [true, false])
        expect(patternInBrowser(source, 'match', isTrimmed)).toBeUndefined();
    },
  );
});

describe('A browser', () => {
  /** As the HTML standard has it. */
  const accepts = (pattern: unknown, text: string) =>
    text === '' || typeof pattern !== 'string' || new RegExp(`^(?:${pattern})$`, 'v').test(text);

  const TEXTS = [
    '',
    'a',
    'b',
    'ab',
    'ba',
    'abc',
    ' a',
    'a ',
    ' b ',
    'xa',
    'a$',
    'a$b',
    '\\',
    '1a',
    'a1',
    'a|b',
  ];
  const REGEXES = [
    /a/,
    /^a/,
    /a$/,
    /^a$/,
    /[a-z]+/,
    /[a-z]+$/,
    /a|b/,
    /^a|b$/,
    /a|b$/,
    /(?:a|b)$/,
    /a\$/,
    /[^a]/,
    /./,
  ];
  const MATCHERS: (Matcher | undefined)[] = [undefined, 'match', 'search', 'fullmatch'];
  const cases = REGEXES.flatMap((regex) => MATCHERS.map((matcher) => ({ regex, matcher })));

  it.each(cases)('refuses nothing that $regex takes, matched as $matcher', async ({ regex, matcher }) => {
    for (const field of [StringField('Text'), PasswordField('Text')]) {
      const decorators = [field, Regexp(regex, { matcher, htmlPattern: true })];
      const pattern = fillForm(oneField(decorators), {}).fieldNamed('value').declared.pattern;
      for (const text of TEXTS) {
        const isTaken = (await errorsOf(decorators, text)).length === 0;
        expect([text, pattern, !isTaken || accepts(pattern, text)]).toEqual([text, pattern, true]);
      }
    }
  });
});

import { Regexp, StringField, fillForm } from '..';
import { WithField, errorsOf, messages, oneField } from '../../test/form-check';
import { RegexpOptions } from './regexp';

const TEXT = StringField('Text', { trim: false });

describe('Regexp', () => {
  it.each<[RegExp, RegexpOptions['matcher'], string, boolean]>([
    [/b/, undefined, 'bc', true],
    [/b/, undefined, 'ab', false],
    [/b/, 'match', 'ab', false],
    [/b/, 'search', 'ab', true],
    [/b/, 'fullmatch', 'bc', false],
    [/b/, 'fullmatch', 'b', true],
    [/a|ab/, 'fullmatch', 'ab', true],
    [/a$/m, 'match', 'a\nb', true],
    [/a$/, 'match', 'a\nb', false],
    [/A/i, undefined, 'a', true],
    [/^$/, undefined, '', true],
    [/x/, undefined, '', false],
  ])('%s matched as %s: %j %s', async (regex, matcher, text, passes) => {
    expect(await errorsOf([TEXT, Regexp(regex, { matcher })], text)).toEqual(
      passes ? [] : ['Invalid input.'],
    );
  });

  it.each([/a/g, /a/y, /a/gy])('remembers nothing from one text to the next: %s', async (regex) => {
    regex.lastIndex = 1;
    for (const text of ['a', 'a', 'a']) expect(await errorsOf([TEXT, Regexp(regex)], text)).toEqual([]);
    expect(regex.lastIndex).toBe(1);
  });

  it('has a message of its own where one is given', async () => {
    expect(await errorsOf([TEXT, Regexp(/a/, { message: '"$value" is not $constraint1.' })], 'b')).toEqual([
      '"b" is not /a/.',
    ]);
  });

  it.each([
    [null, false],
    [7, false],
    [['a'], false],
    ['a', true],
  ])('of %j, which no form has converted: %s', async (value, passes) => {
    class ContextDto extends WithField {
      @Regexp(/a|7/) context: unknown = value;
    }
    expect(await messages(new ContextDto())).toEqual(passes ? {} : { '': ['Invalid input.'] });
  });
});

describe('The pattern of Regexp', () => {
  const flagsOf = (regex: RegExp, options?: RegexpOptions) =>
    fillForm(oneField([TEXT, Regexp(regex, options)]), {}).fieldNamed('value').flags;

  it('is none unless asked for', () => {
    expect(flagsOf(/a/).pattern).toBeNull();
    expect(flagsOf(/a/, { htmlPattern: false, message: 'No.' })).toEqual({});
    expect(flagsOf(/a/, { htmlPattern: () => false }).pattern).toBeNull();
  });

  it.each<[RegexpOptions['htmlPattern'], string]>([
    [true, 'a+$'],
    ['[ab]*', '[ab]*'],
    [() => true, 'a+$'],
    [({ source }: RegExp) => `b|${source}`, 'b|a+$'],
  ])('is as it is asked for (case %#)', (htmlPattern, pattern) => {
    expect(flagsOf(/a+$/, { htmlPattern })).toMatchObject({ pattern });
  });

  it('has the message for its hint, if that is a text', () => {
    expect(flagsOf(/a/, { htmlPattern: true, message: 'A!' })).toEqual({ pattern: 'a', title: 'A!' });
    expect(flagsOf(/a/, { htmlPattern: true, message: () => 'A!' })).toEqual({ pattern: 'a' });
  });

  it('makes the check read the expression as browsers do', async () => {
    expect(await errorsOf([TEXT, Regexp(/^.$/, { htmlPattern: true })], '👍')).toEqual([]);
    expect(await errorsOf([TEXT, Regexp(/^.$/)], '👍')).toHaveLength(1);
  });

  it.each([/a/i, /a/m, /a/s])('cannot be declared for %s, for a pattern has no flags', (regex) => {
    expect(() => Regexp(regex, { htmlPattern: true })).toThrow(TypeError);
    expect(() => Regexp(regex, { htmlPattern: '[aA]' })).not.toThrow();
  });

  it.each([/[(]/, /[a&&&b]/, /[a|||b]/])(
    'cannot be declared for %s, which browsers do not understand',
    (regex) => {
      expect(() => Regexp(regex, { htmlPattern: true })).toThrow(SyntaxError);
    },
  );
});

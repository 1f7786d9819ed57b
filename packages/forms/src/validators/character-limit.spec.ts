import { validate } from 'class-validator';
import { CharacterLimit, codePointsFor, countCharacters } from './character-limit';

const FAMILY = '👨🏻‍👩🏼‍👧🏽‍👦🏿';

describe('countCharacters', () => {
  it.each([
    ['nothing', '', 0],
    ['letters, blanks and line breaks', 'a b\nc', 5],
    ['an accent of its own', 'e\u0301', 1],
    ['a family with skin tones', FAMILY, 1],
    ['a flag', '🇩🇪🇫🇷', 2],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 1],
    ['Korean, composed of letters', '한', 1],
    ['Tamil with a vowel sign', 'நி', 1],
    ['a variation selector alone', '\ufe0f', 1],
    ['as many marks as any writing needs', `a${'\u0301'.repeat(11)}`, 1],
    ['one mark more', `a${'\u0301'.repeat(12)}`, 2],
  ])('counts %s', (_name, text, count) => {
    expect(countCharacters(text)).toBe(count);
  });

  it('lets in nothing that a column does not hold, and everything else', () => {
    for (const character of ['a', FAMILY, `a${'\u0301'.repeat(11)}`]) {
      const text = character.repeat(140);
      expect(countCharacters(text)).toBe(140);
      expect(Array.from(text).length).toBeLessThanOrEqual(codePointsFor(140));
    }
    const stacked = `a${'\u0301'.repeat(codePointsFor(140) - 1)}`;
    expect(countCharacters(stacked)).toBe(140);
    expect(countCharacters(`${stacked}\u0301`)).toBeGreaterThan(140);
  });

  it.each([1, 8, 1_000, 5_000])('counts the same in %i times the text', (times) => {
    for (const [character, inUnits] of [
      ['a', 1],
      [`.${FAMILY}`, 2],
      ['z\u0301\u0302', 1],
      ['🇩🇪', 1],
      ['한', 1],
    ] as const) {
      expect([character, countCharacters(character.repeat(times))]).toEqual([character, inUnits * times]);
    }
  });

  it('counts a character without an end by its code points', () => {
    expect(countCharacters(`z${'\u0301'.repeat(99_999)}`)).toBeGreaterThanOrEqual(100_000 / 12);
  });
});

describe('CharacterLimit', () => {
  class Note {
    @CharacterLimit(3)
    text: unknown;

    constructor(text: unknown) {
      this.text = text;
    }
  }

  const messages = async (text: unknown) =>
    (await validate(new Note(text))).flatMap(({ constraints }) => Object.values(constraints ?? {}));

  it.each([['abc'], [FAMILY.repeat(3)], [''], [null], [undefined]])('takes %j', async (text) => {
    expect(await messages(text)).toEqual([]);
  });

  it('says by how much a text is too long', async () => {
    expect(await messages(FAMILY.repeat(4))).toEqual(['Shorten this by 1 character.']);
    expect(await messages('abcdefgh')).toEqual(['Shorten this by 5 characters.']);
  });

  it.each([[7], [['a']], [{ length: 1 }]])('refuses %j, which is no text', async (value) => {
    expect(await messages(value)).toEqual(['This must be a text of at most 3 characters.']);
  });
});

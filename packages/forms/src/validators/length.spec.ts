import { Length, LengthOptions } from './length';
import { SelectMultipleField, StringField, fillForm } from '..';
import { WithField, errorsOf, messages, oneField } from '../../test/form-check';

const TEXT = StringField('Text', { trim: false });

describe('Length', () => {
  it.each<[LengthOptions, string, string]>([
    [{ min: 1 }, '', 'Field must be at least 1 character long.'],
    [{ min: 2 }, 'a', 'Field must be at least 2 characters long.'],
    [{ max: 0 }, 'a', 'Field cannot be longer than 0 characters.'],
    [{ max: 1 }, 'ab', 'Field cannot be longer than 1 character.'],
    [{ max: 2 }, 'abc', 'Field cannot be longer than 2 characters.'],
    [{ min: 1, max: 1 }, '', 'Field must be exactly 1 character long.'],
    [{ min: 2, max: 2 }, 'a', 'Field must be exactly 2 characters long.'],
    [{ min: 2, max: 5 }, 'a', 'Field must be between 2 and 5 characters long.'],
    [{ min: 2, max: 5, message: '$constraint1 to $constraint2' }, 'a', '2 to 5'],
    [{ min: -1, max: 1 }, 'ab', 'Field cannot be longer than 1 character.'],
  ])('of %j says of %j: %s', async (options, text, message) => {
    expect(await errorsOf([TEXT, Length(options)], text)).toEqual([message]);
  });

  it.each(['abc', '👍👍👍', '❤\ufe0f.', 'e\u0301.', '👍'])('of 3 at most passes %j', async (text) => {
    expect(await errorsOf([TEXT, Length({ max: 3 })], text)).toEqual([]);
  });

  it.each(['abcd', '👍👍👍👍', '❤\ufe0f..', 'a\ufe0f\ufe0f\ufe0f', 'e\u0301..'])(
    'counts every code point of %j',
    async (text) => {
      expect(await errorsOf([TEXT, Length({ max: 3 })], text)).toHaveLength(1);
      expect(await errorsOf([TEXT, Length({ min: 4 })], text)).toEqual([]);
    },
  );

  it('counts the entries of a list', async () => {
    const pets = SelectMultipleField('Pets', { choices: ['cat', 'dog'] });
    expect(await errorsOf([pets, Length({ max: 1 })], ['cat'])).toEqual([]);
    expect(await errorsOf([pets, Length({ max: 1 })], ['cat', 'dog'])).toHaveLength(1);
  });

  it.each([
    [null, true],
    [undefined, true],
    [123, false],
    [{ length: 2 }, false],
  ])('of %j, which is no text: %s', async (value, passes) => {
    class ContextDto extends WithField {
      @Length({ max: 3 }) context = value;
    }
    expect('' in (await messages(new ContextDto()))).toBe(!passes);
  });

  it('tells the control, whose maxlength counts in UTF-16', () => {
    const { flags, declared } = fillForm(oneField([TEXT, Length({ min: 2, max: 5 })]), {}).fieldNamed(
      'value',
    );
    expect(flags).toMatchObject({ minlength: 2, maxlength: 5 });
    expect(declared).toEqual({ minlength: 2, maxlength: 10 });
  });

  it.each<LengthOptions>([{}, { min: -1 }, { min: 2, max: 1 }, { min: 1, max: NaN }])(
    'cannot be declared with %j',
    (options) => {
      expect(() => Length(options)).toThrow(RangeError);
    },
  );
});

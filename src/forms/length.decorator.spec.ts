import { validateSync } from 'class-validator';
import { TextLength } from './length.decorator';

class Message {
  @TextLength(1, 3)
  text: unknown;
}

class Secret {
  @TextLength(2, 3)
  text: unknown;
}

function errors(form: Message | Secret, text: unknown): string[] {
  return validateSync(Object.assign(form, { text })).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}),
  );
}

describe('TextLength', () => {
  it.each(['a', 'abc', '👍👍👍', '❤\ufe0f.', 'e\u0301.'])('passes %j', (text) => {
    expect(errors(new Message(), text)).toEqual([]);
  });

  it.each(['abcd', '👍👍👍👍', '❤\ufe0f..', 'a\ufe0f\ufe0f\ufe0f', 'e\u0301..'])(
    'counts every code point of %j',
    (text) => {
      expect(errors(new Message(), text)).toEqual(['Field cannot be longer than 3 characters.']);
    },
  );

  it('says what is wrong in the words that fit', () => {
    expect(errors(new Message(), '')).toEqual(['This field is required.']);
    expect(errors(new Secret(), '')).toEqual(['This field is required.']);
    expect(errors(new Secret(), 'a')).toEqual(['Field must be between 2 and 3 characters long.']);
  });

  it.each([undefined, null, 2, true, ['a', 'b'], { length: 2 }])('refuses %j, which is no text', (value) => {
    expect(errors(new Message(), value)).toHaveLength(1);
  });
});

import { AnyOf, IntegerField, NoneOf, SelectMultipleField, StringField } from '..';
import { errorsOf } from '../../test/form-check';

const TEXT = StringField('Text');
const PETS = SelectMultipleField('Pets', { choices: ['cat', 'dog'] });

describe('AnyOf', () => {
  it('names what there is', async () => {
    expect(await errorsOf([TEXT, AnyOf(['a', 2])], 'c')).toEqual(['Invalid value, must be one of: a, 2.']);
    expect(await errorsOf([TEXT, AnyOf(['a', 'b'])], 'b')).toEqual([]);
  });

  it('compares by type', async () => {
    expect(await errorsOf([TEXT, AnyOf([1])], '1')).toHaveLength(1);
    expect(await errorsOf([IntegerField('Number'), AnyOf([1])], '1')).toEqual([]);
  });

  it('is content with one of several', async () => {
    expect(await errorsOf([PETS, AnyOf(['cat'])], ['dog', 'cat'])).toEqual([]);
    expect(await errorsOf([PETS, AnyOf(['cat'])], ['dog'])).toHaveLength(1);
  });
});

describe('NoneOf', () => {
  it('names what there must not be', async () => {
    expect(await errorsOf([TEXT, NoneOf(['a', 'b'])], 'b')).toEqual([
      "Invalid value, can't be any of: a, b.",
    ]);
    expect(await errorsOf([TEXT, NoneOf(['a', 'b'])], 'c')).toEqual([]);
  });

  it('refuses several for one', async () => {
    expect(await errorsOf([PETS, NoneOf(['cat'])], ['dog', 'cat'])).toHaveLength(1);
    expect(await errorsOf([PETS, NoneOf(['cat'])], ['dog'])).toEqual([]);
  });
});

describe.each([
  ['AnyOf', AnyOf, 'c'],
  ['NoneOf', NoneOf, 'a'],
])('%s', (_name, validator, wrong) => {
  it('has a message and a way to write the values of its own', async () => {
    const valuesFormatter = (values: readonly unknown[]) => values.map(String).join(' | ');
    expect(
      await errorsOf([TEXT, validator(['a', 'b'], { message: 'See: $constraint1', valuesFormatter })], wrong),
    ).toEqual(['See: a | b']);
  });
});

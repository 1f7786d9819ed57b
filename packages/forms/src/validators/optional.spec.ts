import { DataRequired, IntegerField, Length, Optional, SelectMultipleField, StringField, fillForm } from '..';
import { errorsOf, oneField } from '../../test/form-check';

const TEXT = StringField('Text', { trim: false });

describe('Optional', () => {
  it.each([undefined, null, '', ' \t', [], ['']])('asks nothing more about %j', async (sent) => {
    const pets = SelectMultipleField('Pets', { choices: [''], validateChoice: false });
    const field = Array.isArray(sent) ? pets : TEXT;
    expect(await errorsOf([field, Optional(), Length({ min: 3 })], sent)).toEqual([]);
  });

  it('lets what is there be checked', async () => {
    expect(await errorsOf([TEXT, Optional(), Length({ min: 3 })], 'a')).toHaveLength(1);
    expect(await errorsOf([IntegerField('Number'), Optional(), DataRequired()], '0')).toHaveLength(1);
  });

  it('may take blanks for something', async () => {
    const optional = [TEXT, Optional({ stripWhitespace: false }), Length({ min: 3 })];
    expect(await errorsOf(optional, ' ')).toHaveLength(1);
    expect(await errorsOf(optional, '')).toEqual([]);
  });

  it('keeps what follows from making the control required, and is no attribute', () => {
    const declared = (...all: PropertyDecorator[]) =>
      fillForm(oneField([TEXT, ...all]), {}).fieldNamed('value').declared;
    expect(declared(Optional(), DataRequired())).toEqual({});
    expect(declared(DataRequired(), Optional())).toEqual({ required: true });
    expect(fillForm(oneField([TEXT, Optional()]), {}).fieldNamed('value').flags.optional).toBe(true);
  });
});

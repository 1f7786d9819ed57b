import {
  BooleanField,
  DateField,
  DateTimeLocalField,
  DecimalField,
  Disabled,
  IntegerField,
  ReadOnly,
  SelectMultipleField,
  StringField,
  TextAreaField,
  fillForm,
} from '..';
import { check, errorsOf, oneField } from '../../test/form-check';

const AT = new Date('2026-07-01T09:30:15.678Z');
const TEXT = StringField('Text');

describe('ReadOnly', () => {
  it.each([
    ['text', TEXT, 'susan', 'susan', 'john'],
    ['text around which are blanks', TEXT, ' susan ', ' susan ', 'susan john'],
    ['lines', TextAreaField('Text'), 'one\ntwo', 'one\r\ntwo', 'one two'],
    ['no text', TEXT, undefined, '', 'a'],
    ['a number', IntegerField('Number'), 7, '7', '8'],
    ['nought', DecimalField('Number'), 0, '0', '0.1'],
    ['no number', IntegerField('Number'), null, '', '0'],
    ['a day', DateField('Day'), AT, '2026-07-01', '2026-07-02'],
    ['a minute', DateTimeLocalField('At'), AT, '2026-07-01T09:30', '2026-07-01T09:31'],
    ['a tick', BooleanField('Box'), true, 'y', ''],
    ['choices', SelectMultipleField('Pets', { choices: ['cat', 'dog'] }), ['cat'], ['cat'], ['cat', 'dog']],
  ])('takes %s as it was, and refuses another', async (_name, field, initial, same, other) => {
    const readOnly = 'This field cannot be edited.';
    expect(await errorsOf([field, ReadOnly()], same, initial)).not.toContain(readOnly);
    expect(await errorsOf([field, ReadOnly()], other, initial)).toContain(readOnly);
  });

  it('has a message of its own where one is given, and tells the control', async () => {
    expect(await errorsOf([TEXT, ReadOnly({ message: 'Hands off.' })], 'b', 'a')).toEqual(['Hands off.']);
    expect(fillForm(oneField([TEXT, ReadOnly()]), {}).fieldNamed('value').declared).toEqual({
      readonly: true,
    });
  });
});

describe('Disabled', () => {
  it('keeps the value of the DTO, for nothing is sent', async () => {
    const form = await check(oneField([TEXT, Disabled()], 'susan'), {});
    expect(form).toMatchObject({ isValid: true, data: { value: 'susan' } });
  });

  it.each(['', 'susan', 'john', null])('refuses that %j was sent', async (sent) => {
    expect(await errorsOf([TEXT, Disabled()], sent, 'susan')).toContain(
      'This field is disabled and cannot have a value.',
    );
  });

  it('has a message of its own where one is given, and tells the control', async () => {
    expect(await errorsOf([TEXT, Disabled({ message: 'Hands off.' })], 'b')).toEqual(['Hands off.']);
    expect(fillForm(oneField([TEXT, Disabled()]), {}).fieldNamed('value').declared).toEqual({
      disabled: true,
    });
  });
});

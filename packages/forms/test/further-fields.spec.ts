import {
  BooleanField,
  ButtonField,
  ColorField,
  DecimalField,
  EqualTo,
  FloatField,
  HiddenField,
  IntegerField,
  MonthField,
  PasswordField,
  SelectField,
  SelectMultipleField,
  StringField,
  SubmitField,
  WeekField,
  checkForm,
  fillForm,
  Form,
  renderField,
} from '../src';
import { check, errorsOf, oneField } from './form-check';

const NUMBERS = [1, 2, 3].map((value) => ({ value }));
const value = async (decorator: PropertyDecorator, sent: unknown) => {
  const form = await check(oneField([decorator]), { value: sent });
  return form.isValid ? form.data.value : form.messages().value;
};
const shown = (decorator: PropertyDecorator, initial: unknown) => {
  const form = new Form(oneField([decorator], initial));
  return form.fieldNamed('value').value;
};

describe('Choices that are numbers', () => {
  const NOT_ONE = ['Invalid Choice: could not coerce.'];
  const NOT_SOME = ['Invalid choice(s): one or more data inputs could not be coerced.'];

  it('make numbers of what is sent, also of what is none of them', async () => {
    const options = { choices: NUMBERS, validateChoice: false };
    expect(await value(SelectField('Number', options), '4')).toBe(4);
    expect(await value(SelectMultipleField('Numbers', options), ['1', '4'])).toEqual([1, 4]);
  });

  it('refuse what is no number', async () => {
    for (const validateChoice of [true, false]) {
      const options = { choices: NUMBERS, validateChoice };
      expect(await errorsOf([SelectField('Number', options)], 'b')).toContain(NOT_ONE[0]);
      expect(await errorsOf([SelectMultipleField('Numbers', options)], ['1', 'q'])).toContain(NOT_SOME[0]);
    }
  });

  it('may be made in another way', async () => {
    const coerce = (sent: string | number) => {
      if (sent === 'x') throw new Error('No.');
      return Number(sent) * 2;
    };
    expect(await value(SelectField('Number', { choices: [], validateChoice: false, coerce }), '4')).toBe(8);
    expect(await value(SelectField('Number', { choices: [], coerce }), 'x')).toContain(NOT_ONE[0]);
  });

  it('have a message of their own', async () => {
    const options = { choices: NUMBERS, invalidChoiceMessage: 'There is no $value.' };
    expect(await value(SelectField('Number', options), '7')).toEqual(['There is no 7.']);
    expect(await value(SelectMultipleField('Numbers', options), ['7', '8'])).toEqual([
      "There is no '7', '8'.",
    ]);
  });
});

describe('A field of text', () => {
  it.each([
    [42, '42'],
    [true, 'true'],
    [7n, '7'],
    [new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z'],
    [{}, ''],
  ])('shows %p as %p', (initial, text) => expect(shown(StringField('Text'), initial)).toBe(text));
});

describe('A hidden field', () => {
  it('says that it is hidden, and has no attribute for it', () => {
    const field = new Form(oneField([HiddenField()])).fieldNamed('value');
    expect(field.flags.hidden).toBe(true);
    expect(renderField(field)).not.toContain(' hidden');
  });
});

describe('EqualTo', () => {
  it('names the other field in its message, and its label', async () => {
    class PasswordDto {
      @PasswordField('Your password') password!: string;
      @PasswordField('Repeat')
      @EqualTo('password', { message: 'must match $constraint2 ($constraint1)' })
      password2!: string;
    }
    const form = await checkForm(new PasswordDto(), { password: 'a', password2: 'b' });
    expect(form.messages()).toEqual({ password2: ['must match Your password (password)'] });
  });
});

describe('A decimal', () => {
  it.each([
    [undefined, 2.1, '2.10'],
    [undefined, 2, '2.00'],
    [undefined, 0.125, '0.125'],
    [undefined, 1e21, '1e+21'],
    [1, 2.15, (2.15).toFixed(1)],
    [0, 2.5, '3'],
    [null, 2, '2'],
  ])('with places %p shows %p as %p', (places, number, text) =>
    expect(shown(DecimalField('Number', { places }), number)).toBe(text),
  );
});

describe('A checkbox', () => {
  it('has the texts for no that it is given', async () => {
    const box = BooleanField('Box', { falseValues: ['no'] });
    expect([await value(box, 'no'), await value(box, 'false'), await value(box, '')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('What cannot be converted', () => {
  it('has the message of its declaration', async () => {
    expect(await value(IntegerField('Age', { invalidMessage: 'How old?' }), 'x')).toEqual(['How old?']);
  });
});

describe('JSON', () => {
  const json = async (decorator: PropertyDecorator, sent: unknown) => {
    const form = await check(oneField([decorator]), { value: sent }, {}, undefined, true);
    return form.isValid ? form.data.value : form.messages().value;
  };

  it.each([0, 1, 'no', 'yes', 'true', '', {}, [], [true]])('consents with true alone: %j', async (sent) => {
    expect(await json(BooleanField('Consent'), sent)).toEqual(['Not a valid boolean value.']);
  });

  it('takes true and false', async () => {
    expect([await json(BooleanField('Consent'), true), await json(BooleanField('Consent'), false)]).toEqual([
      true,
      false,
    ]);
  });

  it('says what null is', async () => {
    expect(await json(IntegerField('Age'), null)).toBeNull();
    for (const field of [
      StringField('Name'),
      BooleanField('Box'),
      SelectMultipleField('Some', { choices: [] }),
    ]) {
      expect(await json(field, null)).toEqual(['This field may not be null.']);
    }
  });
});

describe('Further fields', () => {
  it.each<[string, PropertyDecorator, string, unknown]>([
    ['FloatField', FloatField('Number'), '0.1000000000000000055', 0.1],
    ['FloatField', FloatField('Number'), 'x', ['Not a valid float value.']],
    ['ColorField', ColorField('Colour'), '#FF0080', '#ff0080'],
    ['ColorField', ColorField('Colour'), 'red', ['Not a valid color value.']],
    ['MonthField', MonthField('Month'), '2026-02', new Date('2026-02-01T00:00:00Z')],
    ['MonthField', MonthField('Month'), '2026-13', ['Not a valid month value.']],
    ['WeekField', WeekField('Week'), '2026-W01', new Date('2025-12-29T00:00:00Z')],
    ['WeekField', WeekField('Week'), '2026-W53', new Date('2026-12-28T00:00:00Z')],
    ['WeekField', WeekField('Week'), '2025-W53', ['Not a valid week value.']],
    ['WeekField', WeekField('Week'), '2026-W00', ['Not a valid week value.']],
    ['SubmitField', SubmitField('Save'), 'Save', true],
    ['ButtonField', ButtonField('Save'), '', false],
  ])('%s: %p', async (_name, field, sent, outcome) => expect(await value(field, sent)).toEqual(outcome));

  it('show the value that they have', () => {
    expect(shown(MonthField('Month'), new Date('2026-02-10T00:00:00Z'))).toBe('2026-02');
    expect(shown(WeekField('Week'), new Date('2021-01-01T00:00:00Z'))).toBe('2020-W53');
    expect(shown(ColorField('Colour'), '#ff0080')).toBe('#ff0080');
  });

  it('every Monday of 40 years is that of its week', () => {
    const field = WeekField('Week');
    for (let day = Date.UTC(1999, 11, 27); day < Date.UTC(2040, 0, 1); day += 7 * 86_400_000) {
      const text = shown(field, new Date(day));
      expect(fillForm(oneField([field]), { value: text }).data.value).toEqual(new Date(day));
    }
  });

  it('buttons have their label as text', () => {
    const html = (decorator: PropertyDecorator) => {
      const field = new Form(oneField([decorator])).fieldNamed('value');
      return renderField(field);
    };
    expect(html(SubmitField('Save <it>'))).toContain(
      '<input value="Save &lt;it&gt;" id="value" name="value" type="submit">',
    );
    expect(html(ButtonField('Save <it>'))).toContain(
      '<button value="y" id="value" name="value" type="submit">Save &lt;it&gt;</button>',
    );
  });
});

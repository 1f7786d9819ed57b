import { DecimalField, DecimalRangeField, IntegerField, IntegerRangeField, NumberRange, fillForm } from '..';
import { errorsOf, oneField } from '../../test/form-check';

const fill = (field: PropertyDecorator, sent: unknown) => fillForm(oneField([field]), { value: sent });

describe.each([
  ['IntegerField', IntegerField('Number')],
  ['IntegerRangeField', IntegerRangeField('Number')],
])('%s', (_name, field) => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    [' -42\t', -42],
    ['9007199254740991', 2 ** 53 - 1],
    ['-9007199254740991', 1 - 2 ** 53],
    [7, 7],
  ])('reads %j', (sent, value) => {
    const form = fill(field, sent);
    expect(form.data.value).toBe(value);
    expect(form.isValid).toBe(true);
  });

  it.each([
    ...['', ' ', 'abc', '1.0', '1.5', '1e3', '+1', '1_000', '1,000', '0x10', '1 2', '--1', '-', '٣', 'NaN'],
    ...['Infinity', '9007199254740992', '-9007199254740993', '1'.repeat(400)],
    ...[1.5, 2 ** 53, null, true, ['1'], {}],
  ])('refuses %j, and shows it again', (sent) => {
    const form = fill(field, sent);
    expect(form.data.value).toBeNull();
    expect(form.messages()).toEqual({ value: ['Not a valid integer value.'] });
    if (typeof sent === 'string') expect(form.fieldNamed('value').value).toBe(sent);
  });
});

describe.each([
  ['DecimalField', DecimalField('Number')],
  ['DecimalRangeField', DecimalRangeField('Number')],
])('%s', (_name, field) => {
  it.each([
    ['0', 0],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['-2.25 ', -2.25],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['1234567890123456', 1234567890123456],
    ['9007199254740992', 2 ** 53],
    ['12345678.12345678e5', 1234567812345.678],
    ['1e23', 1e23],
    ['0.00000123456789012345', 0.00000123456789012345],
    ['1.00000000000000000000', 1],
    [7.5, 7.5],
  ])('reads %j', (sent, value) => {
    const form = fill(field, sent);
    expect(form.data.value).toBe(value);
    expect(form.isValid).toBe(true);
  });

  it.each([
    ...['', ' ', 'abc', '+1', '1.', '.', '1,5', '1e', '0x10', 'NaN', 'Infinity', '1e999', '-1e999', '1_0'],
    ...[
      '9007199254740993',
      '12345678901234567',
      '0.12345678901234567',
      '0.1000000000000000055511151231257827',
    ],
    ...[null, false, ['1.5'], {}],
  ])('refuses %j, and shows it again', (sent) => {
    const form = fill(field, sent);
    expect(form.data.value).toBeNull();
    expect(form.messages()).toEqual({ value: ['Not a valid decimal value.'] });
    if (typeof sent === 'string') expect(form.fieldNamed('value').value).toBe(sent);
  });

  it('refuses a number too small to be anything but nought', () => {
    expect(fill(field, '1e-400').messages()).toEqual({ value: ['Not a valid decimal value.'] });
    expect(fill(field, '0e-400').data.value).toBe(0);
  });
});

describe('The control of a number', () => {
  const controlOf = (...decorators: PropertyDecorator[]) =>
    fillForm(oneField(decorators), {}).fieldNamed('value');

  it.each([
    ['number', IntegerField('Number'), {}],
    ['range', IntegerRangeField('Number'), {}],
    ['number', DecimalField('Number'), { step: 'any' }],
    ['range', DecimalRangeField('Number'), { step: 'any' }],
  ])('is an input of type %s', (type, field, declared) => {
    expect(controlOf(field)).toMatchObject({ element: 'input', type, declared, value: '' });
  });

  it('has whole bounds where the number is whole, for steps are counted from the lower one', () => {
    const range = NumberRange({ min: 0.5, max: 9.5 });
    expect(controlOf(IntegerField('Number'), range).declared).toEqual({ min: 1, max: 9 });
    expect(controlOf(DecimalField('Number'), range).declared).toEqual({ step: 'any', min: 0.5, max: 9.5 });
  });

  it('has bounds as of now, and none that is none now', () => {
    let max: number | undefined = 5;
    const field = [IntegerField('Number'), NumberRange({ min: () => null, max: () => max })];
    const declared = () =>
      Object.entries(controlOf(...field).declared).filter(([, value]) => value !== undefined);
    expect(declared()).toEqual([['max', 5]]);
    max = undefined;
    expect(declared()).toEqual([]);
  });

  it('shows the number of the DTO', () => {
    expect(fillForm(oneField([DecimalField('Number')], 0.1), {}).fieldNamed('value').value).toBe('0.10');
    expect(fillForm(oneField([IntegerField('Number')], 0), {}).fieldNamed('value').value).toBe('0');
  });

  it('that was not sent keeps it', async () => {
    expect(await errorsOf([IntegerField('Number'), NumberRange({ max: 3 })], undefined, 4)).toEqual([
      'Number must be at most 3.',
    ]);
  });
});

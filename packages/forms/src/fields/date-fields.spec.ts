import { DateField, DateRange, DateTimeLocalField, TimeField, fillForm } from '..';
import { oneField } from '../../test/form-check';

const fill = (field: PropertyDecorator, sent: unknown) => fillForm(oneField([field]), { value: sent });

function refuses(field: PropertyDecorator, sent: unknown, message: string): void {
  const form = fill(field, sent);
  expect(form.data.value).toBeNull();
  expect(form.messages()).toEqual({ value: [message] });
  if (typeof sent === 'string') expect(form.fieldNamed('value').value).toBe(sent);
}

describe('DateField', () => {
  const field = DateField('Day');

  it.each([
    ['2026-07-01', '2026-07-01T00:00:00.000Z'],
    [' 2024-02-29 ', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31', '9999-12-31T00:00:00.000Z'],
  ])('reads %j as the beginning of that day in UTC', (sent, iso) => {
    expect(fill(field, sent).data.value).toEqual(new Date(iso));
  });

  it.each([
    ...['', 'abc', '2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01'],
    ...['2026-7-1', '01.07.2026', '20260701', '2026-07-01T00:00', '12026-07-01', '-2026-07-01', '٢٠٢٦-٠٧-٠١'],
    ...[20260701, null, ['2026-07-01'], {}],
  ])('refuses %j, and shows it again', (sent) => {
    refuses(field, sent, 'Not a valid date value.');
  });
});

describe('TimeField', () => {
  it.each([
    ['09:30', '09:30'],
    [' 23:59 ', '23:59'],
    ['00:00:00', '00:00'],
  ])('reads %j as %s', (sent, value) => {
    expect(fill(TimeField('Time'), sent).data.value).toBe(value);
  });

  it.each(['', 'noon', '24:00', '9:30', '09:60', '09:30:15', '09:30:00.5', '0930', '09:30 PM', 930, null])(
    'refuses %j, and shows it again',
    (sent) => {
      refuses(TimeField('Time'), sent, 'Not a valid time value.');
    },
  );

  it('reads seconds where they are asked for', () => {
    const field = TimeField('Time', { seconds: true });
    expect(fill(field, '09:30:15').data.value).toBe('09:30:15');
    expect(fill(field, '09:30').data.value).toBe('09:30:00');
    refuses(field, '09:30:60', 'Not a valid time value.');
  });
});

describe('DateTimeLocalField', () => {
  it.each([
    ['2026-07-01T09:30', '2026-07-01T09:30:00.000Z'],
    ['2026-07-01 09:30', '2026-07-01T09:30:00.000Z'],
    [' 2024-02-29T23:59:00 ', '2024-02-29T23:59:00.000Z'],
  ])('reads %j in UTC', (sent, iso) => {
    expect(fill(DateTimeLocalField('At'), sent).data.value).toEqual(new Date(iso));
  });

  it.each([
    ...[
      '',
      '2026-07-01',
      '09:30',
      '2026-02-30T09:30',
      '0000-07-01T09:30',
      '2026-07-01T24:00',
      '2026-07-01T09:30:15',
    ],
    ...['2026-07-01T09:30Z', '2026-07-01T09:30+02:00', '2026-07-01t09:30', '2026-07-01  09:30', 7, null],
  ])('refuses %j, and shows it again', (sent) => {
    refuses(DateTimeLocalField('At'), sent, 'Not a valid datetime value.');
  });

  it('reads seconds where they are asked for', () => {
    const field = DateTimeLocalField('At', { seconds: true });
    expect(fill(field, '2026-07-01T09:30:15').data.value).toEqual(new Date('2026-07-01T09:30:15Z'));
    refuses(field, '2026-07-01T09:30:15.5', 'Not a valid datetime value.');
  });
});

describe('The control of a date or time', () => {
  const AT = new Date('2026-07-01T09:30:15.678Z');
  const show = (field: PropertyDecorator, initial: unknown, ...others: PropertyDecorator[]) =>
    fillForm(oneField([field, ...others], initial), {}).fieldNamed('value');

  it.each([
    ['date', DateField('At'), AT, '2026-07-01'],
    ['time', TimeField('At'), '09:30', '09:30'],
    ['time', TimeField('At', { seconds: true }), '09:30:15', '09:30:15'],
    ['datetime-local', DateTimeLocalField('At'), AT, '2026-07-01T09:30'],
    ['datetime-local', DateTimeLocalField('At', { seconds: true }), AT, '2026-07-01T09:30:15'],
  ])('is an input of type %s that shows the value of the DTO', (type, field, initial, value) => {
    expect(show(field, initial)).toMatchObject({ element: 'input', type, value });
    expect(show(field, null).value).toBe('');
    expect(show(field, new Date(NaN)).value).toBe('');
  });

  it('asks for seconds where they may be given', () => {
    expect(show(TimeField('At'), null).declared).toEqual({});
    expect(show(TimeField('At', { seconds: true }), null).declared).toEqual({ step: 1 });
    expect(show(DateTimeLocalField('At', { seconds: true }), null).declared).toEqual({ step: 1 });
  });

  it('has its bounds in the way that it has its value', () => {
    const range = DateRange({ min: AT, max: () => AT });
    expect(show(DateField('At'), null, range).declared).toEqual({ min: '2026-07-01', max: '2026-07-01' });
    const minute = '2026-07-01T09:30';
    expect(show(DateTimeLocalField('At'), null, range).declared).toEqual({ min: minute, max: minute });
  });
});
